/** More missed times are not counted one by one. */
export const MOST_MISSED = 1_000

const MINUTE = 60_000

export interface LatestTime {
  occurrence: number
  nextAt: number | null
  missed: number
}

/**
 * The time of a schedule that is made up now: of those that have passed only the latest, with how many before it were missed
 * (at most `MOST_MISSED` are counted).
 * @param next the first time strictly after an instant; null: never again
 * @param due the earliest time that has passed
 */
export function latestTime(next: (after: number) => number | null, due: number, now: number): LatestTime {
  let occurrence = due
  for (let missed = 0; missed <= MOST_MISSED; missed++) {
    const after = next(occurrence)
    if (after === null || after > now) return { occurrence, nextAt: after, missed }
    occurrence = after
  }
  // Away for long with a schedule that is dense: look back from now, further each time, and walk only the last stretch.
  for (let reach = MINUTE; ; reach *= 2) {
    const found = next(now - reach)
    if (found === null || found > now) continue
    const last = latestTime(next, found, now)
    return { ...last, missed: MOST_MISSED }
  }
}
