import { InvalidArgumentError } from 'commander'

/** A day as an option says it, in ms since 1970: its beginning, UTC. @throws InvalidArgumentError also for days that no month has */
export function day(text: string): number {
  const at = Date.parse(`${text}T00:00:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(at)) throw new InvalidArgumentError('Write it as 2026-03-02.')
  if (!new Date(at).toISOString().startsWith(text)) throw new InvalidArgumentError('There is no such day. Write it as 2026-03-02.')
  return at
}

/** A whole number from 1 on, as an option says it. */
export const whole = (most: number) => (text: string) => {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > most) throw new InvalidArgumentError(`Write a whole number from 1 to ${most}.`)
  return count
}
