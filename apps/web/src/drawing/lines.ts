/** Words in one look. */
export interface Run {
  text: string
  strong: boolean
  /** Something is still to be chosen there. */
  missing?: boolean | undefined
}

/** How wide a text is, in px. */
export type Measure = (text: string, strong: boolean) => number

const CUT = '…'

/** A word with the space before it, so that a line can end between two of them; a word that is wider than a line falls into letters. */
function pieces(runs: readonly Run[], width: number, measure: Measure): Run[] {
  return runs.flatMap((run) =>
    run.text
      .split(/(?<=\s)(?=\S)/)
      .flatMap((text) => (measure(text.trimEnd(), run.strong) > width ? [...text] : [text]).map((it) => ({ ...run, text: it }))),
  )
}

/** Neighbours of one look as one. */
function joined(runs: readonly Run[]): Run[] {
  const found: Run[] = []
  for (const run of runs) {
    const last = found.at(-1)
    if (last && last.strong === run.strong && last.missing === run.missing)
      found[found.length - 1] = { ...last, text: last.text + run.text }
    else found.push(run)
  }
  return found
}

const widthOf = (line: readonly Run[], measure: Measure) =>
  joined(line).reduce((sum, it, at, all) => sum + measure(at === all.length - 1 ? it.text.trimEnd() : it.text, it.strong), 0)

/** Takes letters away at the end until the line with its dots fits. */
function cut(line: readonly Run[], width: number, measure: Measure): Run[] {
  const left = joined(line)
  for (let last = left.pop(); last; last = left.pop()) {
    for (let text = last.text.trimEnd(); text !== ''; text = text.slice(0, -1)) {
      const tried = [...left, { ...last, text: text.trimEnd() + CUT }]
      if (widthOf(tried, measure) <= width) return tried
    }
  }
  return [{ text: CUT, strong: false }]
}

/** Breaks words into at most so many lines of a width, as a browser would; the last one is cut at the end where there is more. */
export function breakLines(runs: readonly Run[], { width, most, measure }: { width: number; most: number; measure: Measure }): Run[][] {
  const lines: Run[][] = []
  let line: Run[] = []
  for (const piece of pieces(runs, width, measure)) {
    if (line.length > 0 && widthOf([...line, piece], measure) > width) {
      lines.push(line)
      line = []
    }
    line.push(piece)
  }
  if (line.length > 0) lines.push(line)
  const shown = lines.slice(0, most)
  const rest = lines.slice(most - 1).flat()
  if (lines.length > most) shown[most - 1] = cut(rest, width, measure)
  return shown.map((it) => joined(it).map((run, at, all) => (at === all.length - 1 ? { ...run, text: run.text.trimEnd() } : run)))
}
