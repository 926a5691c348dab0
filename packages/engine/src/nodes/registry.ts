import type { NodeKind } from '../kind.ts'
import { branch } from './branch/index.ts'
import { exit } from './exit/index.ts'
import { goal } from './goal/index.ts'
import { handToSales } from './hand-to-sales/index.ts'
import { list } from './list/index.ts'
import { notify } from './notify/index.ts'
import { score } from './score/index.ts'
import { sendEmail } from './send-email/index.ts'
import { split } from './split/index.ts'
import { startFlow } from './start-flow/index.ts'
import { subFlow } from './sub-flow/index.ts'
import { tag } from './tag/index.ts'
import { throttle } from './throttle/index.ts'
import { trigger } from './trigger/index.ts'
import { updateField } from './update-field/index.ts'
import { wait } from './wait/index.ts'
import { webhook } from './webhook/index.ts'

/** Every kind there is, a line each, in the order of the palette. Types, checks, forms and cards are computed from this. */
export const kinds = {
  [trigger.type]: trigger,
  [wait.type]: wait,
  [throttle.type]: throttle,
  [branch.type]: branch,
  [split.type]: split,
  [sendEmail.type]: sendEmail,
  [score.type]: score,
  [updateField.type]: updateField,
  [tag.type]: tag,
  [list.type]: list,
  [webhook.type]: webhook,
  [startFlow.type]: startFlow,
  [handToSales.type]: handToSales,
  [notify.type]: notify,
  [goal.type]: goal,
  [subFlow.type]: subFlow,
  [exit.type]: exit,
} satisfies Record<string, NodeKind<unknown>>

export type NodeType = keyof typeof kinds
/** The config of a kind, as its schema gives it. */
export type ConfigOf<T extends NodeType> = ReturnType<(typeof kinds)[T]['config']['parse']>

const byType: ReadonlyMap<string, NodeKind<unknown>> = new Map<string, NodeKind<unknown>>(Object.entries(kinds))

/** The kind of a node's type; undefined for one from a newer Baton. */
export const kindOf = (type: string): NodeKind<unknown> | undefined => byType.get(type)
