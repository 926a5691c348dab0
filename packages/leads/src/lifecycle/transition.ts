import type { LifeEvent, LifeState, Stage } from './life.ts'

/** Why an event does not apply. The wording lives on the screen. */
export type Refusal =
  | 'already-a-lead'
  | 'already-with-sales'
  | 'not-with-sales'
  | 'already-accepted'
  | 'already-disqualified'
  | 'is-a-customer'

export type Transition = { readonly state: LifeState } | { readonly refused: Refusal }

/**
 * The life cycle, one step: the state after an event, or why the event does not apply. Ownership passes to sales when the
 * hand-off is created, before anybody accepts it, and returns at rejected, no response, lost and disqualified. Who was a customer
 * once stays one. Nothing of the history is touched here: the caller appends, never overwrites. Rules LC-1 to LC-7.
 */
export function transition(state: LifeState, event: LifeEvent): Transition {
  const { stage, ownerSide } = state
  switch (event.kind) {
    case 'qualified':
      if (stage === 'customer') return { refused: 'is-a-customer' }
      return startsOver(stage) ? { state: { ...state, stage: 'lead' } } : { refused: 'already-a-lead' }
    case 'handedOver':
      if (ownerSide === 'sales') return { refused: 'already-with-sales' }
      return { state: { stage: startsOver(stage) ? 'lead' : stage, ownerSide: 'sales', ownerId: event.repId ?? null } }
    case 'assigned':
      if (ownerSide === 'marketing') return { refused: 'not-with-sales' }
      return { state: { ...state, ownerId: event.repId } }
    case 'givenBack':
      if (ownerSide === 'marketing') return { refused: 'not-with-sales' }
      return { state: { stage: stage === 'accepted' ? 'lead' : stage, ownerSide: 'sales', ownerId: null } }
    case 'accepted':
      if (ownerSide === 'marketing') return { refused: 'not-with-sales' }
      if (stage === 'accepted' || stage === 'opportunity') return { refused: 'already-accepted' }
      return { state: { stage: stage === 'customer' ? 'customer' : 'accepted', ownerSide: 'sales', ownerId: event.repId } }
    case 'rejected':
    case 'noResponse':
      if (ownerSide === 'marketing') return { refused: 'not-with-sales' }
      return { state: back(stage, 'lead') }
    case 'opportunityOpened':
      // Sales may open one without a hand-off; the CRM is the truth about the relationship, so ownership follows.
      return {
        state: { stage: stage === 'customer' ? 'customer' : 'opportunity', ownerSide: 'sales', ownerId: event.repId ?? state.ownerId },
      }
    case 'won':
      if (ownerSide === 'marketing') return { refused: 'not-with-sales' }
      return { state: { ...state, stage: 'customer' } }
    case 'lost':
      if (ownerSide === 'marketing') return { refused: 'not-with-sales' }
      return { state: back(stage, 'lost') }
    case 'disqualified':
      if (stage === 'disqualified') return { refused: 'already-disqualified' }
      if (stage === 'customer' && ownerSide === 'marketing') return { refused: 'is-a-customer' }
      return { state: back(stage, 'disqualified') }
    default:
      return event satisfies never
  }
}

function startsOver(stage: Stage): boolean {
  return stage === 'name' || stage === 'disqualified' || stage === 'lost'
}

function back(stage: Stage, to: Stage): LifeState {
  return { stage: stage === 'customer' ? 'customer' : to, ownerSide: 'marketing', ownerId: null }
}
