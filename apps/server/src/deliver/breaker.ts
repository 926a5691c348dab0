import { flowRates, guardedFlows, type Handle, passedLimit, sendingOf, type Tripped, trip, workspaceSettings } from '@baton/db'

/**
 * Pauses every live flow whose mails passed a limit: too many in an hour, or too large a share of them bounced, complained about or
 * unsubscribed from. Shares count once enough mails went out, since the flow last went on. SEMANTICS 7.
 * @returns the flows that were paused
 */
export async function watchFlows(db: Handle, now: number): Promise<string[]> {
  const flows = await guardedFlows(db)
  if (flows.length === 0) return []
  const { breaker: house } = sendingOf(await workspaceSettings(db))
  const rates = new Map((await flowRates(db, { now })).map((it) => [it.flowId, it]))
  const paused: string[] = []
  for (const { id, name, breaker } of flows) {
    const seen = rates.get(id)
    const tripped = seen && passedLimit(seen, breaker ?? house, now)
    if (tripped && (await db.transaction((tx) => trip(tx, { id, name, tripped, say: sayTripped(name, tripped) })))) paused.push(id)
  }
  return paused
}

const number = (value: number) => value.toLocaleString('en')

const WHAT: Readonly<Record<Exclude<Tripped['rule'], 'mailsPerHour'>, string>> = {
  bounces: 'bounced',
  complaints: 'were reported as spam',
  unsubscribes: 'were answered by unsubscribing',
}

/** Why it was paused, and what to do. */
function sayTripped(name: string, { rule, limit, seen, mails }: Tripped): string {
  const why =
    rule === 'mailsPerHour'
      ? `it sent ${number(seen)} mails within an hour, more than ${number(limit)}`
      : `${number(seen)} % of its last ${number(mails)} mails ${WHAT[rule]}, more than ${number(limit)} %`
  return `“${name}” was paused by itself: ${why}. Look at why, then let it go on.`
}
