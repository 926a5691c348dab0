import { advance } from '../advance/advance.ts'
import type { Env, Plan } from '../plan.ts'
import type { ContactState } from '../state/contact.ts'
import type { InboxItem, MigrationAnswer } from '../state/input.ts'

/** What a migration does at the instant it is carried out, over the passages it was tried on. */
export interface Rehearsal {
  passages: number
  /** Passages by what became of them. */
  same: number
  goOn: number
  leave: number
  stay: number
  /** Mails, leads and other effects that go out at once. */
  mails: number
  handoffs: number
  effects: number
  /** Passages whose wait is over by the new version: due at once. */
  overdue: number
  /** The same by the node they stand at. */
  overdueAt: Readonly<Record<string, number>>
}

/**
 * Carries a migration out on copies, one contact at a time, and counts what would come of it: nothing is kept and nothing goes out.
 * @param states contacts with passages of the flow, all of them or a sample
 * @param plan holds the new version among the flow's versions
 */
export function rehearseMigration(
  plan: Plan,
  states: Iterable<ContactState>,
  migration: { flowId: string; to: number; answers: Readonly<Record<string, MigrationAnswer>> },
  env: Env,
): Rehearsal {
  const sum = { passages: 0, same: 0, goOn: 0, leave: 0, stay: 0, mails: 0, handoffs: 0, effects: 0, overdue: 0 }
  const overdueAt = new Map<string, number>()
  const source = { kind: 'system' as const, id: 'rehearsal' }
  for (const state of states) {
    const inside = state.enrolments.filter((it) => it.flowId === migration.flowId && it.version !== migration.to)
    if (inside.length === 0) continue
    // What is due anyway is not the migration's doing: that comes first, without it.
    const before = advance(plan, state, { now: env.now, items: [] }, env).state
    const items = inside.map(
      (it): InboxItem => ({ kind: 'migrate', at: env.now, key: it.key, migration: 'rehearsal', source, ...migration }),
    )
    const result = advance(plan, before, { now: env.now, items }, env)
    sum.mails += result.sends.length
    sum.handoffs += result.handoffs.length
    sum.effects += result.effects.length
    const steps = result.enrolments.flatMap((it) => it.steps.map((step) => ({ step, of: it })))
    for (const { key, entry, node } of before.enrolments.filter((it) => it.flowId === migration.flowId && it.version !== migration.to)) {
      sum.passages++
      const own = steps.filter(({ of }) => of.value.flowId === migration.flowId && of.value.key === key && of.value.entry === entry)
      const reason = own.map(({ step }) => step.reason).find((it) => it.code === 'migrated')
      if (reason?.code !== 'migrated') sum.stay++
      else if (reason.answer === 'go-on') sum.goOn++
      else sum[reason.answer]++
      if (reason?.code !== 'migrated' || reason.answer !== 'same' || own.length < 2) continue
      sum.overdue++
      overdueAt.set(node, (overdueAt.get(node) ?? 0) + 1)
    }
  }
  return { ...sum, overdueAt: Object.fromEntries(overdueAt) }
}
