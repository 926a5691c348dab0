import type { Condition } from '../../condition/schema.ts'
import { defineKind } from '../../kind.ts'
import { portsOf } from './ports.ts'
import { asFirst, handToSalesConfig } from './schema.ts'
import { handToSalesWords } from './words.ts'

/** Whoever meets the agreement in the version that is in force. */
export const qualifies = (agreementId: string): Condition => ({
  combinator: 'and',
  rules: [{ subject: { kind: 'agreement', agreementId }, op: 'is' }],
})

/** Hands the contact to a team of sales, under a contract, and holds it until the first answer or the final outcome. */
export const handToSales = defineKind({
  type: 'hand-to-sales',
  category: 'sales',
  rests: true,
  version: 2,
  migrations: [{ from: 1, name: 'a contract: who qualifies, how fast, what if nobody answers', up: asFirst }],
  config: handToSalesConfig,
  defaults: () => ({
    ...asFirst({ v: 2, teamId: null, why: 'Ready for sales', note: '', fields: [] }),
    present: { mail: true, digest: true, webhook: null },
  }),
  ports: portsOf,
  references: ({ teamId, fields, agreementId, present: { webhook } }) => [
    ...(teamId === null ? [] : [{ kind: 'team' as const, id: teamId }]),
    ...fields.map((id) => ({ kind: 'field' as const, id })),
    ...(agreementId === null ? [] : [{ kind: 'agreement' as const, id: agreementId }]),
    ...(webhook?.secret == null ? [] : [{ kind: 'secret' as const, id: webhook.secret }]),
  ],
  conditions: ({ agreementId }) => (agreementId === null ? [] : [qualifies(agreementId)]),
  sentence: handToSalesWords,
})
