/** Where a person stands with us. A person starts as a name; see the transition table for the ways between them. */
export type Stage = 'name' | 'lead' | 'accepted' | 'opportunity' | 'customer' | 'disqualified' | 'lost'

/** Who owns the person. Always exactly one side. */
export type OwnerSide = 'marketing' | 'sales'

export const STAGES: readonly Stage[] = ['name', 'lead', 'accepted', 'opportunity', 'customer', 'disqualified', 'lost']

/** `ownerId` is the rep while sales owns and one is known, else null. */
export interface LifeState {
  readonly stage: Stage
  readonly ownerSide: OwnerSide
  readonly ownerId: string | null
}

/** The beginning of every person. */
export const FIRST_STATE: LifeState = { stage: 'name', ownerSide: 'marketing', ownerId: null }

/** What can happen to the life cycle. */
export type LifeEvent =
  /** The interest is real: a name becomes a lead; who was lost or disqualified starts the cycle again. */
  | { readonly kind: 'qualified' }
  /** A hand-off was created. The rep may be known only later (`assigned`). */
  | { readonly kind: 'handedOver'; readonly repId?: string | undefined }
  /** Routed, taken back and given to somebody else, or moved by hand: sales keeps the person. */
  | { readonly kind: 'assigned'; readonly repId: string }
  | { readonly kind: 'accepted'; readonly repId: string }
  /** The rep has it no longer, and nobody else has it yet: it waits for the router or a manager. Sales keeps the person. */
  | { readonly kind: 'givenBack' }
  | { readonly kind: 'rejected' }
  | { readonly kind: 'noResponse' }
  | { readonly kind: 'opportunityOpened'; readonly repId?: string | undefined }
  | { readonly kind: 'won' }
  | { readonly kind: 'lost' }
  | { readonly kind: 'disqualified' }
