import type { NodeKind } from '../kind.ts'
import { branch } from './branch/index.ts'
import { exit } from './exit/index.ts'
import { handToSales } from './hand-to-sales/index.ts'
import { score } from './score/index.ts'
import { sendEmail } from './send-email/index.ts'
import { trigger } from './trigger/index.ts'
import { updateField } from './update-field/index.ts'
import { wait } from './wait/index.ts'

/** Every kind there is, a line each, in the order of the palette. Types, checks, forms and cards are computed from this. */
export const kinds = {
  [trigger.type]: trigger,
  [wait.type]: wait,
  [branch.type]: branch,
  [sendEmail.type]: sendEmail,
  [score.type]: score,
  [updateField.type]: updateField,
  [handToSales.type]: handToSales,
  [exit.type]: exit,
} satisfies Record<string, NodeKind<unknown>>

export type NodeType = keyof typeof kinds
/** The config of a kind, as its schema gives it. */
export type ConfigOf<T extends NodeType> = ReturnType<(typeof kinds)[T]['config']['parse']>

const byType: ReadonlyMap<string, NodeKind<unknown>> = new Map<string, NodeKind<unknown>>(Object.entries(kinds))

/** The kind of a node's type; undefined for one from a newer Baton. */
export const kindOf = (type: string): NodeKind<unknown> | undefined => byType.get(type)
