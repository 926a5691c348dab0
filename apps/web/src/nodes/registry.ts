import type { ConfigOf, NodeType } from '@baton/engine'
import { card as branchCard } from './branch/card.tsx'
import { card as exitCard } from './exit/card.tsx'
import { card as goalCard } from './goal/card.tsx'
import { card as handToSalesCard } from './hand-to-sales/card.tsx'
import { card as listCard } from './list/card.tsx'
import { card as notifyCard } from './notify/card.tsx'
import { card as scoreCard } from './score/card.tsx'
import type { CardFace } from './screen.ts'
import { card as sendEmailCard } from './send-email/card.tsx'
import { card as splitCard } from './split/card.tsx'
import { card as startFlowCard } from './start-flow/card.tsx'
import { card as subFlowCard } from './sub-flow/card.tsx'
import { card as tagCard } from './tag/card.tsx'
import { card as throttleCard } from './throttle/card.tsx'
import { card as triggerCard } from './trigger/card.tsx'
import { card as updateFieldCard } from './update-field/card.tsx'
import { card as waitCard } from './wait/card.tsx'
import { card as webhookCard } from './webhook/card.tsx'

/**
 * A card for every kind of the engine, in the order of the palette. A kind without one does not compile. The forms are in `forms.ts`: seeing
 * and moving cards does not need them.
 */
export const cards = {
  trigger: triggerCard,
  wait: waitCard,
  throttle: throttleCard,
  branch: branchCard,
  split: splitCard,
  'send-email': sendEmailCard,
  score: scoreCard,
  'update-field': updateFieldCard,
  tag: tagCard,
  list: listCard,
  webhook: webhookCard,
  'start-flow': startFlowCard,
  'hand-to-sales': handToSalesCard,
  notify: notifyCard,
  goal: goalCard,
  'sub-flow': subFlowCard,
  exit: exitCard,
} satisfies { [T in NodeType]: CardFace<ConfigOf<T>> }

const byType: ReadonlyMap<string, CardFace<unknown>> = new Map<string, CardFace<unknown>>(Object.entries(cards))

/** How a kind is drawn; undefined for one from a newer Baton. */
export const cardOf = (type: string): CardFace<unknown> | undefined => byType.get(type)
