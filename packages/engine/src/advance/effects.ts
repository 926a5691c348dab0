import type { StepEffect } from '../kind.ts'
import type { Enrolment } from '../state/enrolment.ts'
import type { EnrolmentKey } from '../state/person.ts'
import { effectKey } from './effect-key.ts'
import { derive } from './facts.ts'
import { live, setFields } from './person.ts'
import { visitOf } from './scope.ts'
import { factsChanged } from './segments.ts'
import type { Turn } from './turn.ts'

/** Applies what a step asked for: to the working state at once, so that the next step sees it, and to what the turn gives back. E-12. */
export function applyEffects(turn: Turn, enrolment: Enrolment, effects: readonly StepEffect[]): void {
  for (const [ordinal, effect] of effects.entries()) applyEffect(turn, enrolment, effect, ordinal)
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
      turn.state = { ...turn.state, ledger: [...turn.state.ledger, line] }
      turn.out.ledger.push(line)
      factsChanged(turn, { dimension })
      return
    }
    case 'send': {
      if (turn.state.sends.some((it) => it.key === key)) return
      const { templateId, purpose } = effect
      turn.state = { ...turn.state, sends: [...turn.state.sends, { key, templateId, at: turn.now, status: 'queued' }] }
      turn.out.sends.push({ key, templateId, purpose, at: turn.now, enrolment: of, version, node })
      return
    }
    case 'hand-off': {
      if (turn.state.handoffs.some((it) => it.key === key)) return
      const { teamId, why, note } = effect
      const packet = { why, fields: fieldsOf(turn, effect.fields), scores: scoresOf(turn), note }
      turn.state = { ...turn.state, handoffs: [...turn.state.handoffs, { key, teamId, repId: null, state: 'routing', enrolment: of }] }
      turn.out.handoffs.push({ key, teamId, at: turn.now, enrolment: of, version, node, packet })
      live(turn, { kind: 'handedOver' })
      derive(turn, { type: 'sales.handed-over', id: `${key}/handed-over`, props: { handoff: key, teamId, flowId } })
      return
    }
  }
}

/** The fields of the packet as they stood; an empty one is there as null, so that the rep sees that it is empty. */
function fieldsOf(turn: Turn, keys: readonly string[]): Record<string, unknown> {
  const { fields } = turn.state.person
  return Object.fromEntries(keys.map((key) => [key, Object.hasOwn(fields, key) ? (fields[key] ?? null) : null]))
}

/** All scores as they stood, in hundredths. */
function scoresOf(turn: Turn): Record<string, number> {
  const sums = new Map(turn.plan.dimensions.map((it) => [it, 0]))
  for (const { dimension, points } of turn.state.ledger) sums.set(dimension, (sums.get(dimension) ?? 0) + points)
  return Object.fromEntries(sums)
}

/** Takes back the mails of a passage that have not gone out. Those already on their way stay. E-30. */
export function withdrawSends(turn: Turn, prefix: string, why: string): void {
  const { sends } = turn.state
  const taken = sends.filter((it) => it.status === 'queued' && it.key.startsWith(prefix))
  if (taken.length === 0) return
  turn.state = { ...turn.state, sends: sends.map((it) => (taken.includes(it) ? { ...it, status: 'withdrawn' } : it)) }
  for (const { key } of taken) turn.out.withdrawn.push({ key, why })
}
