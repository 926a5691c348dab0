/** A local day and time as an instant, and back: what the reader's own clock says. */
export function instantOf(day: string, time: string): number | undefined {
  const at = new Date(`${day}T${time}:00`).getTime()
  return Number.isNaN(at) ? undefined : at
}

/** `YYYY-MM-DD` of an instant by the reader's clock. */
export function dayOf(at: number): string {
  const date = new Date(at)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The next full hour within the usual day, for a meeting that is being thought of. */
export function nextHour(now: number): { day: string; time: string } {
  const at = new Date(now + 3_600_000)
  at.setMinutes(0, 0, 0)
  if (at.getHours() < 9) at.setHours(9)
  else if (at.getHours() > 17) at.setHours(33)
  // Nobody meets on a weekend unless they say so.
  while (at.getDay() === 0 || at.getDay() === 6) at.setDate(at.getDate() + 1)
  return { day: dayOf(at.getTime()), time: `${String(at.getHours()).padStart(2, '0')}:00` }
}
