import type { StepEffect } from '../kind.ts'
import type { Enrolment, EnrolmentVars } from '../state/enrolment.ts'
import type { EnrolmentKey, HandoffFact } from '../state/person.ts'
import { effectKey, enrolmentPrefix } from './effect-key.ts'
import { derive } from './history.ts'
import { live, setFields } from './person.ts'
import { wake } from './sales.ts'
import { visitOf } from './scope.ts'
import { pointsOf } from './scoring.ts'
import { factsChanged, setListed } from './segments.ts'
import { type Turn, withFacts } from './turn.ts'

/** Applies what a step asked for: to the working state at once, so that the next step sees it, and to what the turn gives back. E-12. */
export function applyEffects(turn: Turn, enrolment: Enrolment, effects: readonly StepEffect[]): void {
  let ordinal = 0
  for (const effect of effects) applyEffect(turn, enrolment, effect, ordinal++)
}

function applyEffect(turn: Turn, enrolment: Enrolment, effect: StepEffect, ordinal: number): void {
  const { flowId, node, version, key: object, entry } = enrolment
  const visit = visitOf(enrolment)
  const key = effectKey(turn.state.person.key, enrolment, node, visit, ordinal)
  const of: EnrolmentKey = { flowId, key: object, entry }
  switch (effect.do) {
    case 'set-field':
      // Waits and triggers hear of it as of any other change of a field, after the step.
      if (setFields(turn, { [effect.key]: effect.value })) {
        turn.queue.push({ kind: 'fields', at: turn.now, set: { [effect.key]: effect.value }, source: { kind: 'flow', id: flowId } })
      }
      return
    case 'score': {
      if (turn.state.ledger.some((line) => line.key === key)) return
      const { dimension, points, rule } = effect
      const line = { key, dimension, points, at: turn.now, rule, cause: { flowId, node, visit } }
      const before = pointsOf(turn, dimension)
      turn.state = withFacts(turn.state, { ledger: [...turn.state.ledger, line] })
      turn.out.ledger.push(line)
      factsChanged(turn, { dimensions: [dimension] })
      if (turn.plan.index.triggers.dimensions.has(dimension)) {
        turn.queue.push({ kind: 'scored', at: turn.now, dimension, before, after: pointsOf(turn, dimension) })
      }
      return
    }
    case 'send': {
      if (turn.state.sends.some((it) => it.key === key)) return
      const { templateId, purpose, topic } = effect
      turn.state = withFacts(turn.state, {
        sends: [...turn.state.sends, { key, templateId, at: turn.now, status: 'queued', purpose, topic }],
      })
      turn.out.sends.push({ key, templateId, purpose, topic, at: turn.now, enrolment: of, version, node })
      return
    }
    case 'hand-off': {
      if (turn.state.handoffs.some((it) => it.key === key)) return
      const { teamId, why, note, contract, joins } = effect
      const packet = { why, fields: fieldsOf(turn, effect.fields), scores: scoresOf(turn), note }
      turn.out.handoffs.push({
        ...{ key, teamId, at: turn.now, enrolment: of, version, node, packet, contract },
        ...(joins === undefined ? {} : { joins }),
      })
      if (joins !== undefined) {
        wake(turn, joins)
        derive(turn, { type: 'sales.joined', id: `${key}/joined`, props: { handoff: joins, teamId, flowId } })
        return
      }
      const fact: HandoffFact = { key, teamId, repId: null, state: 'routing', attempt: 1, enrolment: of, node }
      turn.state = { ...turn.state, handoffs: [...turn.state.handoffs, fact] }
      live(turn, { kind: 'handedOver' })
      derive(turn, { type: 'sales.handed-over', id: `${key}/handed-over`, props: { handoff: key, teamId, flowId } })
      return
    }
    case 'list':
      setListed(turn, effect.segmentId, effect.on)
      return
    case 'draw': {
      const place = `${flowId}/${node}`
      if (Object.hasOwn(turn.state.drawn, place) && turn.state.drawn[place] === effect.way) return
      turn.state = { ...turn.state, drawn: { ...turn.state.drawn, [place]: effect.way } }
      turn.out.drawn.push({ flowId, node, way: effect.way, at: turn.now })
      return
    }
    case 'out':
      turn.out.effects.push({ key, kind: effect.kind, at: turn.now, enrolment: of, version, node, payload: effect.payload })
      return
    case 'start': {
      const from = turn.plan.flows.get(effect.flowId)?.entry?.triggers.find((it) => it.trigger.on.kind === 'flow')?.node ?? ''
      const source = { kind: 'flow' as const, id: flowId }
      turn.queue.push({ kind: 'enrol', at: turn.now, flowId: effect.flowId, node: from, key: effect.key, source, data: effect.data })
      return
    }
    case 'resume':
      wake(turn, effect.handoff)
      return
    case 'sleep':
    case 'carry':
      // Part of the passage's own value: whoever takes the step has put it there.
      return
  }
}

/** The fields of the packet as they stood; an empty one is there as null, so that the rep sees that it is empty. */
function fieldsOf(turn: Turn, keys: readonly string[]): Record<string, unknown> {
  const { fields } = turn.state.person
  return Object.fromEntries(keys.map((key) => [key, Object.hasOwn(fields, key) ? (fields[key] ?? null) : null]))
}

/** All scores as they stood, in hundredths. */
function scoresOf(turn: Turn): Record<string, number> {
  return Object.fromEntries(turn.plan.dimensions.map(({ id }) => [id, pointsOf(turn, id)]))
}

/** What changes nothing of the passage itself. */
const STAYS_OUT: ReadonlySet<StepEffect['do']> = new Set(['send', 'score', 'set-field', 'list', 'draw', 'out', 'start'])

/** The passage with what a step lets it carry from now on, and with the hand-offs that sleep for it. */
export function carrying(enrolment: Enrolment, effects: readonly StepEffect[]): Enrolment {
  if (effects.every((it) => STAYS_OUT.has(it.do))) return enrolment
  const carried = effects.flatMap((it) => (it.do === 'carry' ? [it.data] : []))
  const bedded = effects.reduce((asleep, it) => sleeping(asleep, it, enrolment.node), enrolment.vars.asleep)
  if (carried.length === 0 && bedded === enrolment.vars.asleep) return enrolment
  const { asleep: _, ...vars } = enrolment.vars
  const data = carried.length === 0 ? {} : { data: Object.assign({}, vars.data, ...carried) }
  return { ...enrolment, vars: { ...vars, ...data, ...(bedded ? { asleep: bedded } : {}) } }
}

/** The hand-offs that sleep for a passage, behind an effect of its step at a node. */
function sleeping(asleep: EnrolmentVars['asleep'], effect: StepEffect, node: string): EnrolmentVars['asleep'] {
  if (effect.do === 'sleep') return { ...asleep, [effect.handoff]: node }
  const awake = effect.do === 'resume' ? effect.handoff : effect.do === 'hand-off' ? effect.joins : undefined
  if (awake === undefined || !asleep || !Object.hasOwn(asleep, awake)) return asleep
  const { [awake]: _, ...others } = asleep
  return Object.keys(others).length === 0 ? undefined : others
}

/** Takes back the mails of a passage that have not gone out, and says so. Those already on their way stay. E-30, E-269. */
export function withdrawSends(turn: Turn, of: EnrolmentKey, why: string): void {
  const { sends, person } = turn.state
  const prefix = enrolmentPrefix(person.key, of)
  const taken = sends.filter((it) => it.status === 'queued' && it.key.startsWith(prefix))
  if (taken.length === 0) return
  turn.state = { ...turn.state, sends: sends.map((it) => (taken.includes(it) ? { ...it, status: 'withdrawn' } : it)) }
  for (const { key, templateId } of taken) {
    turn.out.withdrawn.push({ key, why })
    derive(turn, { type: 'mail.withdrawn', id: `${key}/withdrawn`, props: { sendKey: key, templateId, flowId: of.flowId, why } })
  }
}
