import { handoffLogOf, type LogEntry, type LogKind } from '@baton/db'
import type { SignedIn } from '../context.ts'

/** Lines by which a lead leaves its rep; each names whose it was. */
const LEAVES: ReadonlySet<LogKind> = new Set(['clawed-back', 'given-back', 'handed-on', 'escalated', 'reassigned'])

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** How somebody lost a lead, in words that say whether anything is left to do. */
function wordsOf(line: LogEntry, before: LogEntry | undefined, me: string): string {
  const { kind, byId, byName, data } = line
  if (byId === me) return 'You gave this lead back. It is no longer with you.'
  if (kind === 'reassigned') return `${byName} gave this lead to ${text(data.repName) ?? 'somebody else'}. It is no longer with you.`
  if (byId !== null) return `${byName} took this lead back from you. There is nothing left to do.`
  if (kind === 'handed-on') return 'You are no longer in the team of this lead, so it was given on.'
  if (before?.kind === 'quiet') return 'Nothing had happened on this deal for too long, so it was taken back from you.'
  return 'The time to answer ran out, and this lead was taken back from you. There is nothing left to do.'
}

/**
 * What became of a lead that this person had and has no more, for whoever still had it on the screen; undefined for a lead that was
 * never theirs, which says nothing of itself.
 */
export async function leftWords({ db, user }: SignedIn, id: number): Promise<string | undefined> {
  const log = await handoffLogOf(db, id)
  const at = log.findLastIndex(({ kind, data }) => LEAVES.has(kind) && (kind === 'reassigned' ? data.from : data.repId) === user.id)
  const line = log[at]
  return line && wordsOf(line, log[at - 1], user.id)
}
