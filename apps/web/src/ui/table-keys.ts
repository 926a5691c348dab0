/** What a key means on a focused row. Pure, so that a table of cases can test it. */
export type RowDeed = { do: 'go'; to: number } | { do: 'open' } | { do: 'pick' } | null

type Where = {
  /** Index of the focused row. */
  at: number
  count: number
  /** Rows that fit on a page, for Page Up and Page Down. */
  page: number
  /** Whether J and K move too (they can be turned off in Settings). */
  letters: boolean
}

/**
 * Arrows, J and K go by one; Page Up and Down by a page; Home and End to the ends; Enter opens; Space picks. K is "previous" on lists
 * (the palette stays on Ctrl K), so a modifier means that the key is not ours.
 */
export function rowDeed(key: string, held: boolean, { at, count, page, letters }: Where): RowDeed {
  if (held || count === 0) return null
  const go = (to: number): RowDeed => ({ do: 'go', to: Math.max(0, Math.min(count - 1, to)) })
  if (key === 'ArrowDown' || (letters && key === 'j')) return go(at + 1)
  if (key === 'ArrowUp' || (letters && key === 'k')) return go(at - 1)
  if (key === 'PageDown') return go(at + page)
  if (key === 'PageUp') return go(at - page)
  if (key === 'Home') return go(0)
  if (key === 'End') return go(count - 1)
  if (key === 'Enter') return { do: 'open' }
  if (key === ' ') return { do: 'pick' }
  return null
}

/** The next sort when a head is pressed: first the column's own direction, then the other. */
export function nextSort(now: Sort | undefined, by: string, downFirst: boolean): Sort {
  return now?.by === by ? { by, down: !now.down } : { by, down: downFirst }
}

export type Sort = { by: string; down: boolean }

/**
 * The selection after a row's box is pressed. With Shift, everything between it and the last pressed row takes the pressed row's new
 * value.
 */
export function picked(
  now: ReadonlySet<string>,
  keys: readonly string[],
  at: number,
  last: number | undefined,
  range: boolean,
): ReadonlySet<string> {
  const key = keys[at]
  if (key === undefined) return now
  const on = !now.has(key)
  const from = range && last !== undefined ? Math.min(last, at) : at
  const to = range && last !== undefined ? Math.max(last, at) : at
  const next = new Set(now)
  for (const one of keys.slice(from, to + 1)) {
    if (on) next.add(one)
    else next.delete(one)
  }
  return next
}
