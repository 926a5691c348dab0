import type { Inputs } from '../../shell/api.ts'
import type { Lead } from './queries.ts'

export type DealTold = Inputs['desk']['convert']['deal']

/** A deal as it is told to the server, from what is shown of it. */
export const dealTold = ({ name, stage, amount, currency, closeOn }: NonNullable<Lead['deal']>): DealTold => ({
  ...{ name, amount, currency, closeOn },
  stage: stage === '' ? 'Discovery' : stage,
})

/** An amount as people type it: `12,000`, `12 000.50`, `€ 12000`. @returns null: none; undefined: it is no number */
export function readAmount(text: string): number | null | undefined {
  const plain = text.replaceAll(/[^\d.,-]/g, '').replaceAll(',', '')
  if (text.trim() === '') return null
  const amount = Number(plain)
  return plain === '' || !Number.isFinite(amount) || amount < 0 ? undefined : amount
}
