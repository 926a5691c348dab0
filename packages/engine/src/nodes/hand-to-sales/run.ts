import { compileCondition } from '../../condition/compile.ts'
import type { CompiledCondition } from '../../condition/compiled.ts'
import { type CompiledNode, type CompileTools, defineRun, type Outcome, type StepScope } from '../../kind.ts'
import type { HandoffFact, Instant } from '../../state/person.ts'
import { acceptedBy, answer, waitingFor } from './answer.ts'
import { checkHandToSales } from './check.ts'
import { handToSales, qualifies } from './index.ts'
import { NOT_QUALIFIED } from './ports.ts'
import { contractOf, type HandToSalesConfig } from './schema.ts'

/** What its settings must be, and what it does. */
export const handToSalesRun = defineRun(handToSales, {
  check: (config, catalog) => checkHandToSales(config, catalog, (id) => compileCondition(qualifies(id), catalog)),
  compile,
})

function compile(config: HandToSalesConfig, { catalog, condition, nodeId }: CompileTools): CompiledNode {
  const { why, note, fields, leaveAt } = config
  const teamId = config.teamId ?? ''
  const entry = catalog.agreements.find((it) => it.id === config.agreementId)
  const agreed = config.agreementId === null ? null : condition(qualifies(config.agreementId))
  const contract = contractOf(config, entry ? { id: entry.id, version: entry.version, returns: entry.returns } : null)
  const effect = { do: 'hand-off', teamId, why, fields, note: note === '' ? null : note, contract } as const

  /** Comes to sales: what slept is awake again, what is open is joined, who has to rest waits, everybody else is handed over. */
  const arrive = (scope: StepScope): Outcome => {
    const { coolOff } = scope.enrolment.vars.here
    const rested = typeof coolOff === 'number' ? { coolOff } : {}
    const asleep = sleepingFor(scope, nodeId)
    if (asleep) return { do: 'stay', due: null, here: { handoff: asleep.key }, effects: [{ do: 'resume', handoff: asleep.key }] }
    if (agreed && agreed.evaluate(scope).truth !== true) return notQualified(scope, agreed, entry, rested.coolOff)
    const open = openOf(scope.state.handoffs)
    if (open) {
      const joins = { ...effect, joins: open.key }
      if (open.state === 'accepted' && leaveAt === 'first-answer') {
        const waiting = {
          handoff: open.key,
          joined: true as const,
          ...(rested.coolOff === undefined ? {} : { restedUntil: rested.coolOff }),
        }
        return { ...acceptedBy(waiting, 'sales', scope.now), effects: [joins] }
      }
      return { do: 'stay', due: null, here: { handoff: open.key, joined: true, ...rested }, effects: [joins] }
    }
    const until = restUntil(scope)
    if (until !== null) return { do: 'stay', due: until, here: { coolOff: until } }
    return { do: 'stay', due: null, here: { handoff: scope.effectKey(0), ...rested }, effects: [effect] }
  }

  return {
    enter: (scope) => {
      const { here } = scope.enrolment.vars
      const waiting = waitingFor(scope)
      // Asked again after a migration: what was handed over is, and its answer counts.
      if (waiting) return leaveAt === 'first-answer' ? (answered(scope) ?? stays(here)) : stays(here)
      if (here.coolOff !== undefined) return { do: 'stay', due: restUntil(scope) ?? scope.now, here }
      return arrive(scope)
    },
    due: arrive,
    again: (scope) => {
      const { here } = scope.enrolment.vars
      const changed = here.coolOff !== undefined && here.handoff === undefined && here.coolOff !== restUntil(scope) && !isDue(scope)
      return changed ? arrive(scope) : undefined
    },
    wake: (scope, item) => answer(config, scope, item),
    asks: { of: 'lead', teamId, reasons: config.rejectWays.flatMap((it) => it.reasons), loop: contract.voicemail !== null },
    conditions: agreed ? [agreed] : [],
  }
}

const stays = (here: Readonly<Record<string, unknown>>): Outcome => ({ do: 'stay', due: null, here })

/** Somebody took it while the step waited for more than that. */
function answered(scope: StepScope): Outcome | undefined {
  const waiting = waitingFor(scope)
  const { accepted } = scope.enrolment.vars.here
  if (!waiting || typeof accepted !== 'object' || accepted === null) return undefined
  if (!('by' in accepted) || !('at' in accepted) || typeof accepted.by !== 'string' || typeof accepted.at !== 'number') return undefined
  return acceptedBy(waiting, accepted.by, accepted.at)
}

/** The timer comes for whoever's rest is over: the log then says so. */
const isDue = ({ now, enrolment: { dueAt, vars } }: StepScope) => {
  const due = vars.watch ? vars.watch.due : dueAt
  return due !== null && due <= now
}

/** Until when sales wants to hear nothing of this person; null: it may. E-86. */
function restUntil({ now, state }: StepScope): Instant | null {
  const { restUntil: until } = state.person
  return until !== undefined && until > now ? until : null
}

/** The hand-off that sleeps until this passage is back at this step. E-402. */
function sleepingFor({ state, enrolment }: StepScope, nodeId: string): HandoffFact | undefined {
  const asleep = enrolment.vars.asleep ?? {}
  return state.handoffs.find((it) => it.state === 'sleeping' && Object.hasOwn(asleep, it.key) && asleep[it.key] === nodeId)
}

/** The open hand-off that stands for another one: one that is awake before one that sleeps. E-88. */
const openOf = (handoffs: readonly HandoffFact[]): HandoffFact | undefined => handoffs.find((it) => it.state !== 'sleeping') ?? handoffs[0]

function notQualified(
  scope: StepScope,
  agreed: CompiledCondition,
  entry: { id: string; version: number } | undefined,
  restedUntil: Instant | undefined,
): Outcome {
  const { rules, truth } = agreed.explain(scope)
  const agreement = { id: entry?.id ?? '', version: entry?.version ?? 0 }
  const seen = { rules, now: scope.now, enteredAt: scope.enrolment.enteredAt }
  const rested = restedUntil === undefined ? {} : { restedUntil }
  return {
    do: 'leave',
    port: NOT_QUALIFIED,
    reason: { code: 'handoff.not-qualified', agreement, ...seen, ...rested },
    ...(truth === null ? { unknown: true } : {}),
  }
}
