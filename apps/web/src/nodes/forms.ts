import type { ConfigOf, NodeType } from '@baton/engine'
import { Form as BranchForm } from './branch/form.tsx'
import { Form as ExitForm } from './exit/form.tsx'
import { Form as GoalForm } from './goal/form.tsx'
import { Form as HandToSalesForm } from './hand-to-sales/form.tsx'
import { Form as ListForm } from './list/form.tsx'
import { Form as NotifyForm } from './notify/form.tsx'
import { Form as ScoreForm } from './score/form.tsx'
import type { KindForm } from './screen.ts'
import { Form as SendEmailForm } from './send-email/form.tsx'
import { Form as SplitForm } from './split/form.tsx'
import { Form as StartFlowForm } from './start-flow/form.tsx'
import { Form as SubFlowForm } from './sub-flow/form.tsx'
import { Form as TagForm } from './tag/form.tsx'
import { Form as ThrottleForm } from './throttle/form.tsx'
import { Form as TriggerForm } from './trigger/form.tsx'
import { Form as UpdateFieldForm } from './update-field/form.tsx'
import { Form as WaitForm } from './wait/form.tsx'
import { Form as WebhookForm } from './webhook/form.tsx'

/** A form for every kind of the engine. A kind without one does not compile. Loaded with the inspector, after the canvas. */
export const forms = {
  trigger: { Form: TriggerForm },
  wait: { Form: WaitForm },
  throttle: { Form: ThrottleForm },
  branch: { Form: BranchForm },
  split: { Form: SplitForm },
  'send-email': { Form: SendEmailForm },
  score: { Form: ScoreForm },
  'update-field': { Form: UpdateFieldForm },
  tag: { Form: TagForm },
  list: { Form: ListForm },
  webhook: { Form: WebhookForm },
  'start-flow': { Form: StartFlowForm },
  'hand-to-sales': { Form: HandToSalesForm },
  notify: { Form: NotifyForm },
  goal: { Form: GoalForm },
  'sub-flow': { Form: SubFlowForm },
  exit: { Form: ExitForm },
} satisfies { [T in NodeType]: KindForm<ConfigOf<T>> }

const byType: ReadonlyMap<string, KindForm<unknown>> = new Map<string, KindForm<unknown>>(Object.entries(forms))

/** How a kind is edited; undefined for one from a newer Baton. */
export const formOf = (type: string): KindForm<unknown> | undefined => byType.get(type)
