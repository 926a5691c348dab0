import type { SendingRules } from '@baton/engine'

/** A window in the words of whoever set it: a day, 7 days, 36 hours. */
export const windowWords = (hours: number): string =>
  hours === 1 ? 'an hour' : hours === 24 ? 'a day' : hours % 24 === 0 ? `${hours / 24} days` : `${hours} hours`

/** What the workspace asks of all marketing mail, as a sentence; undefined when it asks nothing. */
export function rulesWords({ caps, quiet }: SendingRules): string | undefined {
  const limits = caps.map(({ count, hours }) => `at most ${count} in ${windowWords(hours)}`)
  const parts = [...limits, ...(quiet ? [`none from ${quiet.from} to ${quiet.to} where they live`] : [])]
  return parts.length === 0 ? undefined : `For all marketing mail: ${parts.join(', ')}. Set under Settings, Sending.`
}
