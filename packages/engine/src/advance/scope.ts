import { hash01, resolveZone } from '@baton/leads'
import type { StepScope } from '../kind.ts'
import type { Enrolment } from '../state/enrolment.ts'
import type { Person } from '../state/person.ts'
import { effectKey } from './effect-key.ts'
import { pausedBetween } from './pauses.ts'
import { flowOf, type Turn } from './turn.ts'

/** The contact's zone and where it comes from: own, country, workspace. E-40. */
export function zoneOf(person: Person, workspaceZone: string): { zone: string; source: string } {
  const country = Object.hasOwn(person.fields, 'country') ? person.fields.country : undefined
  const facts = { contactZone: person.zone, country: typeof country === 'string' ? country : null, workspaceZone }
  return resolveZone(facts)
}

/** What a step of this enrolment may see now. */
export function scopeOf(turn: Turn, enrolment: Enrolment): StepScope {
  const { person } = turn.state
  const { flowId, key, entry, node, vars } = enrolment
  const visit = visitOf(enrolment)
  return {
    now: turn.now,
    state: turn.state,
    enteredAt: enrolment.enteredAt,
    enteredBy: vars.enteredBy ?? null,
    enrolment,
    effectKey: (ordinal) => effectKey(person.key, enrolment, node, visit, ordinal),
    dice: (salt) => hash01([person.key, flowId, key, entry, node, visit, turn.env.seed, salt]),
    zone: zoneOf(person, turn.plan.workspaceZone),
    pausedBetween: (from, to) => pausedBetween(flowOf(turn, enrolment)?.pauses ?? [], from, to),
  }
}

/** How many times this enrolment has entered the node it is at. */
export const visitOf = ({ vars, node }: Enrolment): number => (Object.hasOwn(vars.visits, node) ? (vars.visits[node] ?? 1) : 1)
