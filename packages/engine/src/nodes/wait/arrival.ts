import { ceilToSlot } from '@baton/leads'
import type { Outcome, StepScope } from '../../kind.ts'
import type { InboxItem } from '../../state/input.ts'
import type { Instant } from '../../state/person.ts'

export interface Arrival {
  arrived: Instant
  arrivedZone: string
}

/** When and in which zone this visit began: remembered by the node, else now. */
export function arrivalOf({ now, zone, enrolment }: StepScope): Arrival {
  const { arrived, arrivedZone } = enrolment.vars.here
  if (typeof arrived === 'number' && typeof arrivedZone === 'string') return { arrived, arrivedZone }
  return { arrived: now, arrivedZone: zone.zone }
}

/** Fields from which a contact's zone is resolved. */
const ZONE_FIELDS = ['zone', 'country']

/** A contact who moves to another zone, or whose company does, has the local target read again, never earlier than now. Leaving is left to the timer. E-45. */
export function movesZone(scope: StepScope, item: InboxItem, slot: number, decide: (scope: StepScope) => Outcome): Outcome | undefined {
  const ofTheirs = item.kind === 'fields' && ZONE_FIELDS.some((key) => Object.hasOwn(item.set, key))
  const ofTheCompany = item.kind === 'related' && item.of === 'company'
  if (!ofTheirs && !ofTheCompany) return undefined
  const outcome = decide(scope)
  return outcome.do === 'stay' ? outcome : { do: 'stay', due: ceilToSlot(scope.now, slot) }
}
