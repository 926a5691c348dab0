import { type Actor, type FieldValue, foldFields, type InboxItem } from '@baton/engine'
import type { Ids } from '../../ids.ts'
import type { Handle, Sql } from '../../open/handle.ts'
import type { Facts } from '../../schema/contact.ts'
import { addContacts } from '../contacts/add.ts'
import { prepareEvents } from '../events.ts'
import { listTopics } from '../topics.ts'
import { appendItems } from '../turns/doors.ts'
import { askByMail } from './confirm.ts'
import type { FormRow } from './forms.ts'

/** A form that somebody sent, read and checked. */
export interface FormAnswer {
  form: Pick<FormRow, 'id' | 'name' | 'confirm' | 'mayUpdate'>
  /** Lower-cased. */
  email: string
  /** What was written, without the address; nothing that is empty. */
  values: Readonly<Record<string, FieldValue>>
  /** Topics whose box was ticked. */
  topics: readonly string[]
  /** The address of the page it stood on; empty when unknown. */
  page: string
  /** The visitor's id of the tracking script on that page. */
  anonymousId: string | null
  /** The same for a repeated request. */
  eventId: string
  at: number
}

const DAY_MS = 86_400_000
const TRIES = 3

/** Somebody else made the same person a moment ago: begin again, and find them. */
class MadeMeanwhile extends Error {}

/**
 * Takes the answer of a form in, in one transaction: finds or makes the person by their address, and tells their inbox. A form is a
 * public door, and anybody can write anybody's address into it (SECURITY): of somebody known only empty fields are filled unless the
 * form's author says otherwise; names by which people are known, owner and stage are never touched; consent is only ever given, and
 * where the form or the topic asks by mail, or where this person said no before, only by the link in that mail.
 * @param keys.text keys of the fields that are compared by folded copies
 * @returns false when the same answer was taken before
 */
export async function takeFormAnswer(handle: Handle, ids: Ids, answer: FormAnswer, keys: { text: readonly string[] }): Promise<boolean> {
  await prepareEvents(handle, [{ type: 'form.submitted', occurredAt: answer.at }], answer.at)
  for (let tries = 1; ; tries++) {
    try {
      return await handle.transaction((tx) => take(tx, ids, answer, keys))
    } catch (error) {
      if (!(error instanceof MadeMeanwhile) || tries === TRIES) throw error
    }
  }
}

async function take(tx: Sql, ids: Ids, answer: FormAnswer, keys: { text: readonly string[] }): Promise<boolean> {
  const { form, at, eventId } = answer
  const fresh = await tx.query('insert into seen (message_id, day) values ($1, $2) on conflict do nothing returning message_id', [
    eventId,
    Math.floor(at / DAY_MS),
  ])
  if (fresh.length === 0) return false
  const source: Actor = { kind: 'system', id: form.id, name: `Form ${form.name}` }
  const person = (await known(tx, answer.email)) ?? (await visitor(tx, answer)) ?? (await someoneNew(tx, ids, answer, keys.text))
  const items: InboxItem[] = person.isNew ? [{ kind: 'created', at, source }] : []
  const set = person.isNew ? {} : wanted(answer, person)
  if (Object.keys(set).length > 0) items.push({ kind: 'fields', at, set, source })
  const open = answer.topics.filter((topic) => person.facts.c[topic] !== true)
  const strict = new Set(open.length === 0 ? [] : (await listTopics(tx)).filter((it) => it.doubleOptIn).map((it) => it.id))
  const byMail = open.filter((topic) => form.confirm || strict.has(topic) || person.facts.c[topic] === false)
  for (const topic of open) if (!byMail.includes(topic)) items.push({ kind: 'consent', at, topic, given: true, source })
  const props = { ...answer.values, email: answer.email, form: form.id, formName: form.name, page: answer.page, agreed: [...answer.topics] }
  items.push({ kind: 'event', at, event: { id: eventId, type: 'form.submitted', props, occurredAt: at, receivedAt: at } })
  await appendItems(
    tx,
    items.map((item) => ({ contactId: person.id, item })),
  )
  await tx.query('insert into form_answer (bucket, at, event_id, contact_id, form_id) values ($1, $2, $3, $4, $5)', [
    person.id % 1024,
    at,
    eventId,
    person.id,
    form.id,
  ])
  if (byMail.length > 0) await askByMail(tx, ids, { contactId: person.id, formId: form.id, topics: byMail, email: answer.email, at })
  return true
}

interface Addressee {
  id: number
  /** Stored facts with what waits in the inbox laid over them. */
  facts: Facts
  /** Known by this address already, so that what is written may be somebody else's joke. */
  known: boolean
  isNew: boolean
}

/** What of the answer becomes a field's value. */
function wanted({ form, email, values }: FormAnswer, { facts, known: isKnown }: Addressee): Record<string, FieldValue> {
  const mayReplace = form.mayUpdate || !isKnown
  const told = Object.entries(values).filter(([key, value]) => facts.f[key] !== value && (mayReplace || facts.f[key] === undefined))
  return { ...(isKnown ? {} : { email }), ...Object.fromEntries(told) }
}

/** Facts of somebody as they will be once their inbox is drained; one statement, so that no item is missed between two looks. */
async function factsOf(tx: Sql, id: number): Promise<Facts | undefined> {
  const [row] = await tx.query<{ facts: Facts; waiting: InboxItem[] | null }>(
    `select c.facts, (select json_agg(i.payload order by i.seq) from inbox i
       where i.bucket = c.bucket and i.contact_id = c.id and i.kind in ('fields', 'consent')) as waiting
     from contact c where c.bucket = $1::smallint and c.id = $2 and c.deleted_at is null and c.merged_into is null`,
    [id % 1024, id],
  )
  if (!row) return undefined
  const facts: Facts = { ...row.facts, f: { ...row.facts.f }, c: { ...row.facts.c } }
  for (const item of row.waiting ?? []) {
    if (item.kind === 'consent') facts.c[item.topic] = item.given
    if (item.kind !== 'fields') continue
    for (const [key, value] of Object.entries(item.set)) {
      if (value === null) delete facts.f[key]
      else facts.f[key] = value
    }
  }
  return facts
}

async function known(tx: Sql, email: string): Promise<Addressee | undefined> {
  const [row] = await tx.query<{ id: number }>(`select contact_id as id from identity where value = $1 and kind = 'email'`, [email])
  const facts = row && (await factsOf(tx, row.id))
  return facts && { id: row.id, facts, known: true, isNew: false }
}

/** A visitor whom nobody knows by name yet, and who now says it, keeps what they did before. */
async function visitor(tx: Sql, { anonymousId, email }: FormAnswer): Promise<Addressee | undefined> {
  if (anonymousId === null) return undefined
  const [row] = await tx.query<{ id: number }>(
    `select i.contact_id as id from identity i where i.value = $1 and i.kind = 'anonymous'
     and not exists (select 1 from identity o where o.contact_id = i.contact_id and o.kind <> 'anonymous')`,
    [anonymousId],
  )
  const facts = row && (await factsOf(tx, row.id))
  if (!facts) return undefined
  const gained = await tx.query(
    `insert into identity (value, kind, contact_id) values ($1, 'email', $2) on conflict do nothing returning contact_id`,
    [email, row.id],
  )
  if (gained.length === 0) throw new MadeMeanwhile()
  return { id: row.id, facts, known: false, isNew: false }
}

async function someoneNew(tx: Sql, ids: Ids, answer: FormAnswer, textKeys: readonly string[]): Promise<Addressee> {
  const { email, anonymousId, at } = answer
  const fields = { ...answer.values, email }
  const made = await addContacts(tx, ids, [{ email, external: null, fields, consent: {} }], { at, textKeys })
  if (made === 'taken') throw new MadeMeanwhile()
  const [id] = made
  if (id === undefined) throw new Error('A person was made and has no id.')
  if (anonymousId !== null) {
    await tx.query(`insert into identity (value, kind, contact_id) values ($1, 'anonymous', $2) on conflict do nothing`, [anonymousId, id])
  }
  return { id, facts: { f: fields, k: foldFields(fields, textKeys), c: {} }, known: true, isNew: true }
}
