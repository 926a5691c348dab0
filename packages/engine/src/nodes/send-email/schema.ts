import { z } from 'zod'
import type { ConfigMigration } from '../../kind.ts'
import { configBase } from '../base.ts'

/** What becomes of somebody who may not get the mail now: goes on by the same way, by a way of their own, or stays here for a time first. */
const ifNotSent = z.discriminatedUnion('do', [
  z.object({ do: z.literal('skip') }),
  z.object({ do: z.literal('port') }),
  z.object({
    do: z.literal('hold'),
    amount: z.number().nullable(),
    unit: z.enum(['hours', 'days']),
    after: z.enum(['skip', 'port']),
  }),
])

/** Whether somebody gets the same mail once more. Days are of 24 hours. */
const again = z.discriminatedUnion('when', [
  z.object({ when: z.literal('always') }),
  z.object({ when: z.literal('never') }),
  z.object({ when: z.literal('after'), days: z.number().nullable() }),
])

export const sendEmailConfig = z.object({
  ...configBase(2),
  templateId: z.string().max(64).nullable(),
  ifNotSent: ifNotSent.default({ do: 'skip' }),
  again: again.default({ when: 'always' }),
  /** Goes out although sales owns the contact. */
  onSalesBehalf: z.boolean().default(false),
})

export type SendEmailConfig = z.infer<typeof sendEmailConfig>
export type IfNotSent = z.infer<typeof ifNotSent>
export type SendAgain = z.infer<typeof again>

/** Nobody was held before, and everybody got every mail again. */
export const migrations: readonly ConfigMigration[] = [
  {
    from: 1,
    name: 'who may not get the mail can be held, and need not get the same mail twice',
    up: ({ ifNotSent: was, ...rest }) => ({ ...rest, ifNotSent: { do: was === 'port' ? 'port' : 'skip' }, again: { when: 'always' } }),
  },
]
