import type { FieldValue, OwnerSide, Stage } from '@baton/engine'
import type { Answers } from '../../shell/api.ts'
import { fullNumber } from '../../ui/numbers.ts'

export type ContactRow = Answers['contacts']['list']['rows'][number]
export type Contact = Answers['contacts']['get']
export type Field = Answers['fields']['list'][number]

/** Why a step was taken, as it comes over the wire. */
export type Reason = Contact['passages'][number]['steps'][number]['reason']
/** One rule of a reason: what it asked, what it saw, its verdict. */
export type Trace = { rule?: unknown; saw?: unknown; truth: boolean | null }

type Named = { key: string; fields: Readonly<Record<string, FieldValue>> }

const text = (value: FieldValue | undefined): string => (typeof value === 'string' ? value : '')

/** The name of somebody; without one, what they are known by. */
export function nameOf({ key, fields }: Named): string {
  const name = `${text(fields.first_name)} ${text(fields.last_name)}`.trim()
  return name === '' ? key : name
}

/** Title at company, as far as known. */
export function titleAt({ fields }: Named): string {
  return [text(fields.job_title), text(fields.company)].filter((it) => it !== '').join(' at ')
}

export const STAGES: Readonly<Record<Stage, string>> = {
  name: 'Name',
  lead: 'Lead',
  accepted: 'Accepted by sales',
  opportunity: 'Opportunity',
  customer: 'Customer',
  disqualified: 'Disqualified',
  lost: 'Lost',
}

export const SIDES: Readonly<Record<OwnerSide, string>> = { marketing: 'With marketing', sales: 'With sales' }

/** Points are stored in hundredths; a plus where they are given. */
export function pointsWords(hundredths: number, signed = false): string {
  const words = fullNumber(Math.abs(hundredths) / 100)
  return hundredths < 0 ? `−${words}` : signed && hundredths > 0 ? `+${words}` : words
}

/** "1 person", "45,211 people". */
export const peopleWords = (n: number): string => (n === 1 ? '1 person' : `${fullNumber(n)} people`)
