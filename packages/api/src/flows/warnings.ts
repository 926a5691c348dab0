import { type Acknowledged, appendAudit, type Reasons, reasonsOf, type Sql, setReasons } from '@baton/db'
import { type Issue, issueKey } from '@baton/engine'
import { fail } from '../errors.ts'

/** A warning of a draft, with why it may stand where somebody has said so. */
export interface Warning {
  key: string
  issue: Issue
  given: Reasons[string] | null
}

/** The warnings among problems that need a reason: of what lies around the flow none is asked. A reason holds as long as its warning is the same. */
export const warningsOf = (issues: readonly Issue[], reasons: Reasons): Warning[] =>
  issues
    .filter((it) => it.severity === 'warning' && !it.around)
    .map((issue) => {
      const key = issueKey(issue)
      return { key, issue, given: reasons[key] ?? null }
    })

/** What a version keeps of its warnings. @throws PRECONDITION_FAILED with every warning that has no reason */
export function mustBeAcknowledged(issues: readonly Issue[], reasons: Reasons): Acknowledged[] {
  const warnings = warningsOf(issues, reasons)
  const open = warnings.filter((it) => it.given === null)
  if (open.length > 0) {
    const list = open.map(({ issue }, i) => `${open.length > 1 ? `(${i + 1}) ` : ''}${issue.say}`).join(' ')
    const what = open.length === 1 ? 'a warning has no reason yet' : `${open.length} warnings have no reason yet`
    throw fail('PRECONDITION_FAILED', `Not published: ${what}. ${list}`)
  }
  return warnings.flatMap(({ key, issue, given }) => {
    const { code, nodes, say } = issue
    return given ? [{ key, code, nodes, say, ...given }] : []
  })
}

/** Says why a warning of a draft may stand, or takes that back. @throws NOT_FOUND when there is no such flow */
export async function acknowledge(
  tx: Sql,
  { id, key, reason }: { id: string; key: string; reason: string | null },
  { user, now }: { user: { id: string; name: string }; now: number },
): Promise<void> {
  const before = await reasonsOf(tx, id)
  if (!before) throw fail('NOT_FOUND', 'This flow is not there any more. Go back to the list.')
  if ((before[key]?.reason ?? null) === reason) return
  await setReasons(tx, id, { [key]: reason === null ? null : { reason, byId: user.id, byName: user.name, at: now } })
  const action = reason === null ? 'flow.warning-reopened' : 'flow.warning-acknowledged'
  await appendAudit(tx, { at: now, actor: user, action, subject: { kind: 'flow', id }, detail: { code: key.split(' ')[0], reason } })
}
