import type { ConfigOf, NodeType } from '@baton/engine'
import { card as branchCard } from './branch/card.tsx'
import { Form as BranchForm } from './branch/form.tsx'
import { card as exitCard } from './exit/card.tsx'
import { Form as ExitForm } from './exit/form.tsx'
import { card as handToSalesCard } from './hand-to-sales/card.tsx'
import { Form as HandToSalesForm } from './hand-to-sales/form.tsx'
import { card as scoreCard } from './score/card.tsx'
import { Form as ScoreForm } from './score/form.tsx'
import type { KindScreen } from './screen.ts'
import { card as sendEmailCard } from './send-email/card.tsx'
import { Form as SendEmailForm } from './send-email/form.tsx'
import { card as triggerCard } from './trigger/card.tsx'
import { Form as TriggerForm } from './trigger/form.tsx'
import { card as updateFieldCard } from './update-field/card.tsx'
import { Form as UpdateFieldForm } from './update-field/form.tsx'
import { card as waitCard } from './wait/card.tsx'
import { Form as WaitForm } from './wait/form.tsx'

/** A card and a form for every kind of the engine, in the order of the palette. A kind without them does not compile. */
export const screens = {
  trigger: { card: triggerCard, Form: TriggerForm },
  wait: { card: waitCard, Form: WaitForm },
  branch: { card: branchCard, Form: BranchForm },
  'send-email': { card: sendEmailCard, Form: SendEmailForm },
  score: { card: scoreCard, Form: ScoreForm },
  'update-field': { card: updateFieldCard, Form: UpdateFieldForm },
  'hand-to-sales': { card: handToSalesCard, Form: HandToSalesForm },
  exit: { card: exitCard, Form: ExitForm },
} satisfies { [T in NodeType]: KindScreen<ConfigOf<T>> }

const byType: ReadonlyMap<string, KindScreen<unknown>> = new Map<string, KindScreen<unknown>>(Object.entries(screens))

/** How a kind is drawn and edited; undefined for one from a newer Baton. */
export const screenOf = (type: string): KindScreen<unknown> | undefined => byType.get(type)
