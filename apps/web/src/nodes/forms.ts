import type { ConfigOf, NodeType } from '@baton/engine'
import { Form as BranchForm } from './branch/form.tsx'
import { Form as ExitForm } from './exit/form.tsx'
import { Form as HandToSalesForm } from './hand-to-sales/form.tsx'
import { Form as ScoreForm } from './score/form.tsx'
import type { KindForm } from './screen.ts'
import { Form as SendEmailForm } from './send-email/form.tsx'
import { Form as TriggerForm } from './trigger/form.tsx'
import { Form as UpdateFieldForm } from './update-field/form.tsx'
import { Form as WaitForm } from './wait/form.tsx'

/** A form for every kind of the engine. A kind without one does not compile. Loaded with the inspector, after the canvas. */
export const forms = {
  trigger: { Form: TriggerForm },
  wait: { Form: WaitForm },
  branch: { Form: BranchForm },
  'send-email': { Form: SendEmailForm },
  score: { Form: ScoreForm },
  'update-field': { Form: UpdateFieldForm },
  'hand-to-sales': { Form: HandToSalesForm },
  exit: { Form: ExitForm },
} satisfies { [T in NodeType]: KindForm<ConfigOf<T>> }

const byType: ReadonlyMap<string, KindForm<unknown>> = new Map<string, KindForm<unknown>>(Object.entries(forms))

/** How a kind is edited; undefined for one from a newer Baton. */
export const formOf = (type: string): KindForm<unknown> | undefined => byType.get(type)
