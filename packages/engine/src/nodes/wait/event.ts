import { ceilToSlot } from '@baton/leads'
import type { CompiledCondition } from '../../condition/compiled.ts'
import { type CompiledWhere, compileWhere } from '../../condition/where.ts'
import type { CompiledNode, CompileTools, Outcome, StepScope } from '../../kind.ts'
import type { ContactEvent, Instant } from '../../state/person.ts'
import type { ConditionCase, WaitReason } from '../../state/reasons/wait.ts'
import { type Arrival, arrivalOf, movesZone } from './arrival.ts'
import { deedsOf } from './deeds.ts'
import { countsIn, earliest, type Since } from './matching.ts'
import { TIME_OUT } from './ports.ts'
import { eventReads } from './reads.ts'
import type { UntilOf } from './schema.ts'
import { durationTarget, isElapsed } from './target.ts'

type Ready = { id: string; type: string; where: CompiledWhere } | { id: string; when: CompiledCondition }
type Match = { port: string; order: number; reason: WaitReason }

/** When the time is over: the target and the wake-up it is rounded up to. */
interface Over {
  target: Instant
  at: Instant
  frozenMs: number
}

/**
 * A wait for something that happens or becomes true. It looks at the history and at its conditions whenever anything changes, so that a
 * pause, a retry and a batch all come to the same. Its rules are E-130 to E-139.
 */
export function compileEvent(until: UntilOf<'event'>, slot: number, tools: CompileTools): CompiledNode {
  const { counts, timeOut, release } = until
  const branches = until.branches.flatMap(({ id, match }): Ready[] => {
    if (match.kind === 'condition') return [{ id, when: tools.condition(match.when) }]
    const where = compileWhere(match.where)
    return 'ok' in where && match.type !== null ? [{ id, type: match.type, where: where.ok }] : []
  })
  const types = new Set(branches.flatMap((it) => ('type' in it ? [it.type] : [])))
  const conditional = branches.some((it) => 'when' in it)
  const hold = release === 'hold' && timeOut !== null

  const overOf = (scope: StepScope, here: Arrival): Over | null => {
    if (timeOut === null) return null
    const frozenMs = scope.pausedBetween(here.arrived, scope.now)
    const target = durationTarget({ amount: timeOut.amount ?? 1, unit: timeOut.unit, ...here, zone: scope.zone.zone, frozenMs })
    return { target, at: ceilToSlot(target, slot), frozenMs }
  }

  /** The first event that matches a branch, by when it was received; one event goes to the first branch it matches. */
  const eventMatch = (scope: StepScope, here: Arrival, over: Over | null, known: readonly string[]): Match | undefined => {
    if (types.size === 0) return undefined
    const since = sinceOf(scope, here)
    const found = scope.state.events.flatMap((event) => {
      if (!types.has(event.type) || (over && event.occurredAt > over.at)) return []
      const triggering = event.id === scope.enteredBy
      if (!countsIn({ occurredAt: event.occurredAt, triggering, passed: known.includes(event.id) }, since)) return []
      const order = branches.findIndex((it) => 'type' in it && it.type === event.type && it.where.matches(event))
      return order === -1 ? [] : [{ event, order, triggering }]
    })
    const first = earliest(found)
    if (!first) return undefined
    const { event, order, triggering } = first
    const tried = branches.slice(0, order + 1).flatMap((it) => ('type' in it ? [triedOf(it, event)] : []))
    const seen = {
      eventId: event.id,
      type: event.type,
      machine: event.machine === true,
      occurredAt: event.occurredAt,
      receivedAt: event.receivedAt,
      triggering,
    }
    const port = branches[order]?.id ?? ''
    const reason: WaitReason = {
      code: 'wait.event',
      branch: port,
      ...seen,
      tried,
      ...since,
      release,
      overAt: over?.at ?? null,
      now: scope.now,
    }
    return { port, order, reason }
  }

  /** The first condition in the order of branches that is true now, and until when those that are not stay so. */
  const conditionMatch = (scope: StepScope, here: Arrival, over: Over | null): { match?: Match; until: Instant } => {
    let holds = Number.POSITIVE_INFINITY
    for (const [order, branch] of branches.entries()) {
      if (!('when' in branch)) continue
      const verdict = branch.when.evaluate(scope)
      if (verdict.truth !== true) {
        holds = Math.min(holds, verdict.until)
        continue
      }
      const times = { arrived: here.arrived, enteredAt: scope.enrolment.enteredAt, release, overAt: over?.at ?? null, now: scope.now }
      const cases = casesOf(scope, branches.slice(0, order + 1))
      return { match: { port: branch.id, order, reason: { code: 'wait.condition', branch: branch.id, cases, ...times } }, until: holds }
    }
    return { until: holds }
  }

  const timedOut = (scope: StepScope, here: Arrival, { target, frozenMs }: Over): Outcome => ({
    do: 'leave',
    port: TIME_OUT,
    reason: {
      code: 'wait.time-out',
      amount: timeOut?.amount ?? 1,
      unit: timeOut?.unit ?? 'days',
      zone: scope.zone.zone,
      zoneSource: scope.zone.source,
      ...here,
      target,
      frozenMs,
      cases: casesOf(scope, branches),
      enteredAt: scope.enrolment.enteredAt,
      now: scope.now,
    },
  })

  /** `arriving`: an event of before comes first; later on, what is seen at once goes by the order of the branches. */
  const decide = (scope: StepScope, here: Arrival, passed: readonly string[], arriving: boolean): Outcome => {
    const over = overOf(scope, here)
    const isOver = over !== null && over.at <= scope.now
    let due = over?.at ?? Number.POSITIVE_INFINITY
    if (!hold || isOver) {
      const event = eventMatch(scope, here, over, passed)
      const condition = conditionMatch(scope, here, over)
      const first =
        event && condition.match && !arriving && condition.match.order < event.order ? condition.match : (event ?? condition.match)
      if (first) return { do: 'leave', port: first.port, reason: first.reason }
      if (isOver) return timedOut(scope, here, over)
      due = Math.min(due, condition.until)
    }
    const next = Number.isFinite(due) ? ceilToSlot(Math.max(due, scope.now + 1), due === over?.at ? slot : 1) : null
    return { do: 'stay', due: next, here: { ...here, passed, asked: next } }
  }
  const look = (scope: StepScope) => decide(scope, arrivalOf(scope), passedOf(scope), false)

  /** What has changed for them, if anything. The time-out is left to the timer: what arrives in the same turn comes first. */
  const noticed = (scope: StepScope): Outcome | undefined => {
    const outcome = look(scope)
    const { asked } = scope.enrolment.vars.here
    // Being asked earlier than needed does no harm: only an earlier wake-up is news.
    if (outcome.do === 'stay') return outcome.due !== null && (typeof asked !== 'number' || outcome.due < asked) ? outcome : undefined
    return outcome.do === 'leave' && outcome.port === TIME_OUT ? undefined : outcome
  }

  const deeds = deedsOf(until, (id) => branches.flatMap((it) => ('type' in it && it.id === id ? [it.where] : []))[0])

  return {
    enter: (scope) => {
      const here = arrivalOf(scope)
      // A new version asks as at the arrival, which is remembered: what came since counts.
      if (Object.hasOwn(scope.enrolment.vars.here, 'passed')) return look(scope)
      const passed = scope.state.events.filter((it) => types.has(it.type) && it.occurredAt >= here.arrived).map((it) => it.id)
      return decide(scope, here, passed, true)
    },
    due: look,
    ...(conditional && !hold ? { again: noticed } : {}),
    // Also what arrives while the flow is paused: it is held, so that they are asked at resume and not only when their time comes.
    wake: (scope, item) => {
      const moved = timeOut && !isElapsed(timeOut.unit) ? movesZone(scope, item, slot, look) : undefined
      if (moved || hold) return moved
      return conditional || (item.kind === 'event' && types.has(item.event.type)) ? noticed(scope) : undefined
    },
    ...(deeds.length > 0 ? { asks: { of: 'deeds', deeds } as const } : {}),
    conditions: [
      ...branches.flatMap((it) => ('when' in it ? [it.when] : [])),
      ...[...types].sort().flatMap((type) => eventReads(type, tools.catalog)),
    ],
  }

  function sinceOf({ enrolment, state }: StepScope, { arrived }: Arrival): Since {
    const { flowId, key, entry, enteredAt, node, vars } = enrolment
    const visit = Object.hasOwn(vars.visits, node) ? (vars.visits[node] ?? 1) : 1
    const restarted = state.past.some((it) => it.flowId === flowId && it.key === key && it.entry === entry - 1 && it.endedAt === enteredAt)
    return { counts, arrived, enteredAt, visit, restarted }
  }
}

const triedOf = (it: { id: string; type: string; where: CompiledWhere }, event: ContactEvent) => ({
  id: it.id,
  type: it.type,
  where: it.type === event.type ? it.where.explain(event) : [],
})

const casesOf = (scope: StepScope, branches: readonly Ready[]): ConditionCase[] =>
  branches.flatMap((it) => ('when' in it ? [{ id: it.id, ...it.when.explain(scope) }] : []))

/** Ids of events that were known when they arrived though they occurred at that very moment: they let nobody go on. */
function passedOf({ enrolment }: StepScope): string[] {
  const { passed } = enrolment.vars.here
  return Array.isArray(passed) ? passed.filter((it) => typeof it === 'string') : []
}
