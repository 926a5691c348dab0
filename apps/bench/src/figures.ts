/** One measured number beside what it is held against. */
export interface Figure {
  name: string
  value: number
  unit: string
  /** The same thing done in the fastest documented way, in the same run and unit; null where the value is absolute (kB). */
  baseline: number | null
  /** value ÷ baseline; null without a baseline. */
  ratio: number | null
  better: 'smaller' | 'larger'
  /** What ratio (or value, without a baseline) is asked for; null when the figure only informs. */
  goal: number | null
  /** What is asked for once the goal is met; null for nothing more. */
  next: number | null
  /** Null when there is no goal. */
  met: boolean | null
}

export interface Measured {
  name: string
  value: number
  unit: string
  baseline?: number | undefined
  goal?: number | undefined
  next?: number | undefined
  /** Whether smaller is better; a speed is better when larger. */
  better: 'smaller' | 'larger'
}

const round = (value: number) => Number(value.toPrecision(4))

/** Completes a measurement: the ratio, and whether the goal is met. Goals are compared with unrounded numbers. */
export function figure({ name, value, unit, baseline, goal, next, better }: Measured): Figure {
  const ratio = baseline === undefined ? null : value / baseline
  const judged = ratio ?? value
  const met = goal === undefined ? null : better === 'smaller' ? judged <= goal : judged >= goal
  return {
    name,
    value: round(value),
    unit,
    baseline: baseline === undefined ? null : round(baseline),
    ratio: ratio === null ? null : round(ratio),
    better,
    goal: goal ?? null,
    next: next ?? null,
    met,
  }
}

/** Rows of cells in columns as wide as they need. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(0, ...rows.map((row) => row[i]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** The figures as a table for people. */
export function table(figures: readonly Figure[]): string {
  return columns(
    figures.map((one) => [
      one.met === null ? '' : one.met ? 'ok' : 'MISSED',
      one.name,
      `${one.value} ${one.unit}`,
      one.baseline === null ? '' : `baseline ${one.baseline}`,
      one.ratio === null ? '' : `${one.ratio}x`,
      one.goal === null ? '' : `goal ${one.goal}`,
      one.next === null ? '' : `then ${one.next}`,
    ]),
  )
}

/** The middle value; of an even number, the mean of the two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const high = sorted[Math.floor(sorted.length / 2)]
  const low = sorted[Math.floor((sorted.length - 1) / 2)]
  if (high === undefined || low === undefined) throw new Error('The median of nothing')
  return (low + high) / 2
}

/** The value that the share `part` (0 to 1) of the values does not exceed. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const found = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(part * sorted.length) - 1))]
  if (found === undefined) throw new Error('The quantile of nothing')
  return found
}
