import {
  type CompanyChange,
  companyChange,
  type IncomingRecord,
  isValue,
  MAX_TEXT,
  MOST_KEYS,
  mailAddress,
  mayBeKey,
  type RecordValue,
} from '@baton/db'
import { z } from 'zod'

/** A record that cannot be taken, and why. */
export interface Refusal {
  index: number
  id: string | null
  say: string
}

const id = z.union([z.string().trim().min(1).max(200), z.number().transform(String)])
const stamp = z.union([z.string().max(64), z.number()]).nullish()
const values = z.record(z.string(), z.unknown()).default({})
const company = z.object({ id, name: z.string().trim().min(1).max(300).optional(), domain: z.string().max(300).nullish(), data: values })
const record = z.object({
  id,
  userId: id.nullish(),
  email: z.string().max(254).nullish(),
  companyId: id.nullish(),
  at: stamp,
  data: values,
})

type Read<T> = { ok: T } | { refused: Refusal }

const nameOf = (raw: unknown): string | null =>
  typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'string' ? raw.id.slice(0, 200) : null

/** What is wrong with a record's values, in words; undefined when nothing is. */
function wrongValues(data: Readonly<Record<string, unknown>>): string | undefined {
  const entries = Object.entries(data)
  if (entries.length > MOST_KEYS) return `A record has at most ${MOST_KEYS} values.`
  const key = entries.find(([name]) => !mayBeKey(name))
  if (key) return `“${key[0].slice(0, 64)}” cannot be the name of a value. Use letters, digits, spaces and _ . $ -, at most 64.`
  const value = entries.find(([, it]) => !isValue(it))
  return value && `“${value[0]}” must be a text of at most ${MAX_TEXT} characters, a number, true or false.`
}

function parsed<T>(schema: z.ZodType<T>, raw: unknown, index: number): Read<T> {
  const result = schema.safeParse(raw)
  if (result.success) return { ok: result.data }
  const [issue] = result.error.issues
  const say = `${issue?.path.join('.') || 'record'}: ${issue?.message ?? 'not readable'}`
  return { refused: { index, id: nameOf(raw), say } }
}

/** Reads what a program says of a company. */
export function readCompany(raw: unknown, index: number): Read<CompanyChange> {
  const read = parsed(company, raw, index)
  if ('refused' in read) return read
  const { data, name, domain, ...given } = read.ok
  const wrong = wrongValues(data)
  if (wrong) return { refused: { index, id: given.id, say: wrong } }
  return { ok: companyChange(given.id, { ...data, ...(name === undefined ? {} : { name }), ...(domain === undefined ? {} : { domain }) }) }
}

/** Reads an opportunity or a purchase. A value that is null is left out. When it happened is never later than now. */
export function readRecord(raw: unknown, index: number, kind: IncomingRecord['kind'], now: number): Read<IncomingRecord> {
  const read = parsed(record, raw, index)
  if ('refused' in read) return read
  const { id, userId = null, companyId = null, at, data } = read.ok
  const refuse = (say: string) => ({ refused: { index, id, say } })
  const email = read.ok.email ? (mailAddress(read.ok.email) ?? null) : null
  if (read.ok.email && email === null) return refuse(`“${read.ok.email}” is not an e-mail address.`)
  if (userId === null && email === null && companyId === null) return refuse('Say whose it is: userId, email or companyId.')
  const wrong = wrongValues(data)
  if (wrong) return refuse(wrong)
  const time = at === undefined || at === null ? now : new Date(at).getTime()
  if (Number.isNaN(time)) return refuse(`“at” is not a time. Write for instance ${new Date(now).toISOString()}.`)
  const kept = Object.entries(data).filter((it): it is [string, RecordValue] => isValue(it[1]) && it[1] !== null)
  return { ok: { index, kind, id, userId, email, companyId, at: Math.min(time, now), data: Object.fromEntries(kept) } }
}
