import { type FieldDefinition, type FieldValue, foldFields, type InboxItem, isFoldedType, readFieldValue } from '@baton/engine'
import { bucketOf } from '@baton/leads'
import { failpoint } from '../../failpoint.ts'
import { bucketOfId, type Ids } from '../../ids.ts'
import type { Handle, Sql } from '../../open/handle.ts'
import { prepareEvents } from '../events.ts'
import { mergeContacts } from '../merge/merge.ts'
import { joinCompanies } from '../related/companies.ts'
import { suppressedAmong } from '../suppression.ts'
import { appendItems } from '../turns/doors.ts'
import { type IncomingMessage, mailAddress, traitsAsFields } from './tracking.ts'
import { Directory, type Identity, type Someone } from './who.ts'

/** An event that comes in later than this after it happened fires no trigger (SEMANTICS 2). */
const HISTORIC_MS = 24 * 3_600_000
const DAY_MS = 86_400_000

export interface TrackingKey {
  id: string
  kind: 'browser' | 'server'
}

/** What one person gets from a batch. */
interface Share {
  person: Someone
  items: InboxItem[]
  /** Field values of somebody who is made now. */
  first: Record<string, FieldValue>
  consent: Record<string, boolean>
}

/**
 * Takes tracking messages in: finds or makes the people, appends events and inbox items, all in one transaction. Resolves after the
 * commit. A message id that was seen in the last 30 days is passed over, so a client may repeat a request. A browser's key is public:
 * it adds events, and traits of people whom nobody knows yet; it never changes somebody known (SECURITY).
 * @returns how many messages were stored, and how many were repeats
 */
export async function storeMessages(
  handle: Handle,
  ids: Ids,
  messages: readonly IncomingMessage[],
  key: TrackingKey,
): Promise<{ stored: number; repeated: number }> {
  await prepareEvents(
    handle,
    messages.flatMap((m) => [
      { type: m.eventType, occurredAt: m.occurredAt },
      ...(tellsWho(m, key) ? [{ type: 'contact.merged', occurredAt: m.receivedAt }] : []),
    ]),
    messages[0]?.receivedAt ?? 0,
  )
  const stored = await handle.transaction(async (tx) => {
    const fresh = await unseen(tx, messages)
    if (fresh.length === 0) return { stored: 0, repeated: messages.length }
    const fields = await fieldsOf(tx)
    const directory = await Directory.load(tx, fresh.flatMap(identitiesOf))
    const shares = new Map<Someone, Share>()
    const one = new Map<Someone, Someone>()
    for (const message of fresh) {
      const person = take(message, key, fields, directory, shares)
      for (const visitor of tellsWho(message, key) ? visitorsOf(message, directory) : []) if (visitor !== person) one.set(visitor, person)
    }
    const people = await settle(tx, ids, [...shares.values()], textKeysOf(fields))
    const entries = people.flatMap(({ contactId, items }) => items.map((item) => ({ contactId, item })))
    await appendItems(tx, await joinCompanies(tx, entries, fresh[0]?.receivedAt ?? 0))
    const by = { kind: 'key' as const, id: key.id }
    for (const [visitor, person] of one) {
      if (visitor.id === null || person.id === null) continue
      await mergeContacts(tx, ids, { survivor: person.id, loser: visitor.id, fields: [], by, at: fresh[0]?.receivedAt ?? 0 })
    }
    failpoint('door.before-commit')
    return { stored: fresh.length, repeated: messages.length - fresh.length }
  })
  failpoint('door.after-commit')
  return stored
}

/** The messages that were not seen before, each once; from now on they are seen. */
async function unseen(tx: Sql, messages: readonly IncomingMessage[]): Promise<IncomingMessage[]> {
  const once = new Map(messages.map((m) => [m.messageId, m]))
  const rows = [...once.values()].sort((a, b) => (a.messageId < b.messageId ? -1 : 1))
  const added = await tx.query<{ message_id: string }>(
    `insert into seen (message_id, day) select * from unnest($1::text[], $2::int[]) on conflict do nothing returning message_id`,
    [rows.map((m) => m.messageId), rows.map((m) => Math.floor(m.receivedAt / DAY_MS))],
  )
  const fresh = new Set(added.map((row) => row.message_id))
  return [...once.values()].filter((m) => fresh.has(m.messageId))
}

async function fieldsOf(tx: Sql): Promise<Map<string, FieldDefinition>> {
  const rows = await tx.query<FieldDefinition>('select key, label, type, options from field where archived_at is null')
  return new Map(rows.map((row) => [row.key, { ...row, options: row.options ?? undefined }]))
}

/** Fields whose values are compared by folded copies. */
const textKeysOf = (fields: ReadonlyMap<string, FieldDefinition>): string[] =>
  [...fields.values()].filter((field) => isFoldedType(field.type)).map((field) => field.key)

function identitiesOf(m: IncomingMessage): Identity[] {
  const email = mailAddress(m.traits.email)
  return [
    ...(m.userId === null ? [] : [{ kind: 'external' as const, value: m.userId }]),
    ...(email === undefined ? [] : [{ kind: 'email' as const, value: email }]),
    ...(m.anonymousId === null ? [] : [{ kind: 'anonymous' as const, value: m.anonymousId }]),
    ...(m.previousId === null
      ? []
      : [
          { kind: 'external' as const, value: m.previousId },
          { kind: 'anonymous' as const, value: m.previousId },
        ]),
  ]
}

/** Whether a message says that a visitor is somebody: only a server's key may, a browser's never joins people (SECURITY). */
const tellsWho = (m: IncomingMessage, key: TrackingKey): boolean => key.kind === 'server' && (m.kind === 'identify' || m.kind === 'alias')

/** Visitors that a message names, and whom nobody knows by another name: they become part of whom it is about. */
function visitorsOf(m: IncomingMessage, directory: Directory): Someone[] {
  return [m.anonymousId, m.previousId].flatMap((value) => {
    const visitor = value === null ? undefined : directory.find({ kind: 'anonymous', value })
    return visitor && !visitor.known ? [visitor] : []
  })
}

/** Whom a message is about. A visitor who says for the first time who they are keeps what they did as a visitor. */
function whoDid(m: IncomingMessage, key: TrackingKey, directory: Directory): Someone {
  const external = m.userId === null ? undefined : directory.find({ kind: 'external', value: m.userId })
  if (external) return external
  const email = key.kind === 'server' ? mailAddress(m.traits.email) : undefined
  const byMail = email === undefined ? undefined : directory.find({ kind: 'email', value: email })
  if (byMail && (m.userId === null || byMail.external === null)) return byMail
  for (const value of [m.anonymousId, m.kind === 'alias' ? m.previousId : null]) {
    const visitor = value === null ? undefined : directory.find({ kind: 'anonymous', value })
    if (visitor && (m.userId === null || !visitor.known)) return visitor
  }
  if (m.kind === 'alias' && m.previousId !== null && key.kind === 'server') {
    const before = directory.find({ kind: 'external', value: m.previousId })
    if (before) return before
  }
  return directory.make()
}

function take(
  m: IncomingMessage,
  key: TrackingKey,
  fields: ReadonlyMap<string, FieldDefinition>,
  directory: Directory,
  shares: Map<Someone, Share>,
): Someone {
  const person = whoDid(m, key, directory)
  const stranger = !person.known
  const mayTell = key.kind === 'server' || stranger
  if (m.userId !== null && mayTell) directory.give(person, { kind: 'external', value: m.userId })
  if (m.anonymousId !== null && (key.kind === 'server' || stranger)) directory.give(person, { kind: 'anonymous', value: m.anonymousId })
  const share = shares.get(person) ?? { person, items: [], first: {}, consent: {} }
  shares.set(person, share)
  const source = { kind: 'key' as const, id: key.id }
  const set: Record<string, FieldValue> = {}
  if (mayTell && (m.kind === 'identify' || m.kind === 'group')) {
    const told = traitsAsFields(m.kind === 'group' ? { company: m.traits.name ?? m.groupId } : m.traits)
    for (const [name, raw] of Object.entries(told)) {
      const field = fields.get(name)
      if (!field) continue
      if (name === 'email') {
        const email = key.kind === 'server' ? mailAddress(raw) : undefined
        if (email !== undefined && directory.give(person, { kind: 'email', value: email })) set.email = email
        continue
      }
      const read = readFieldValue(field, raw)
      if ('value' in read && read.value !== null) set[name] = read.value
    }
  }
  if (Object.keys(set).length > 0) {
    if (person.id === null) Object.assign(share.first, set)
    else share.items.push({ kind: 'fields', at: m.receivedAt, set, source })
  }
  const agreed = key.kind === 'server' && m.kind === 'identify' ? m.traits.marketing_consent : undefined
  if (typeof agreed === 'boolean') {
    if (person.id === null) share.consent.marketing = agreed
    else share.items.push({ kind: 'consent', at: m.receivedAt, topic: 'marketing', given: agreed, source })
  }
  // A group is a company. A browser's key is public and says nothing of what others share.
  if (m.kind === 'group' && m.groupId !== null && key.kind === 'server') {
    share.items.push({ kind: 'related', at: m.receivedAt, of: 'company', id: m.groupId, data: m.traits, occurredAt: m.occurredAt })
  }
  share.items.push({
    kind: 'event',
    at: m.receivedAt,
    event: {
      id: m.messageId,
      type: m.eventType,
      props:
        m.kind === 'identify' || m.kind === 'group'
          ? { ...m.props, traits: m.traits, ...(m.groupId ? { groupId: m.groupId } : {}) }
          : m.props,
      occurredAt: m.occurredAt,
      receivedAt: m.receivedAt,
      ...(m.receivedAt - m.occurredAt > HISTORIC_MS ? { historic: true } : {}),
    },
  })
  if (m.entry && key.kind === 'server') share.items.push({ kind: 'enrol', at: m.receivedAt, ...m.entry, source })
  return person
}

/** Writes new people and identities. Where another request made the same person a moment ago, theirs is taken. */
async function settle(
  tx: Sql,
  ids: Ids,
  shares: readonly Share[],
  textKeys: readonly string[],
): Promise<{ contactId: number; items: InboxItem[] }[]> {
  const made = shares.filter((share) => share.person.id === null)
  const keys = made.map(({ person }) => keyOf(person))
  const newIds = await ids.take(keys.map(bucketOf), tx)
  made.forEach((share, i) => {
    share.person.id = newIds[i] ?? null
  })
  const gained = shares.flatMap(({ person }) => person.gained.map((identity) => ({ ...identity, contact_id: person.id })))
  const winners = new Map<number, number>()
  if (gained.length > 0) {
    const rows = gained.sort((a, b) => (`${a.value} ${a.kind}` < `${b.value} ${b.kind}` ? -1 : 1))
    const parameters = [rows.map((r) => r.value), rows.map((r) => r.kind), rows.map((r) => r.contact_id)]
    const won = await tx.query<{ value: string; kind: string }>(
      `insert into identity (value, kind, contact_id) select * from unnest($1::text[], $2::text[], $3::bigint[])
       on conflict do nothing returning value, kind`,
      parameters,
    )
    if (won.length < rows.length) {
      const taken = await tx.query<{ ours: number; theirs: number }>(
        `select v.contact_id as ours, i.contact_id as theirs from unnest($1::text[], $2::text[], $3::bigint[]) as v(value, kind, contact_id)
         join identity i on i.value = v.value and i.kind = v.kind where i.contact_id <> v.contact_id`,
        parameters,
      )
      const ours = new Set(newIds)
      for (const row of taken) if (ours.has(row.ours)) winners.set(row.ours, row.theirs)
      for (const [from, to] of winners) await tx.query('update identity set contact_id = $2 where contact_id = $1', [from, to])
    }
  }
  const addresses = made.flatMap(({ person }) => person.gained.filter(({ kind }) => kind === 'email').map(({ value }) => value))
  const stopped = await suppressedAmong(tx, addresses)
  const born = made.flatMap((share, i) => {
    const id = share.person.id
    return id === null || winners.has(id) ? [] : [{ share, id, key: keys[i] ?? `visitor:${id}` }]
  })
  if (born.length > 0) {
    await tx.query(
      `insert into contact (bucket, id, key, zone, facts, created_at)
       select v.bucket, v.id, v.key, v.zone, v.facts, v.created_at
       from json_to_recordset($1::json) as v(bucket smallint, id bigint, key text, zone text, facts jsonb, created_at bigint)`,
      [
        JSON.stringify(
          born.map(({ share, id, key }) => ({
            bucket: bucketOfId(id),
            id,
            key,
            zone: share.first.zone ?? null,
            facts: { f: share.first, k: foldFields(share.first, textKeys), c: share.consent, ...stoppedBy(share.person, stopped) },
            created_at: share.items[0]?.at ?? 0,
          })),
        ),
      ],
    )
  }
  const bornIds = new Set(born.map(({ id }) => id))
  return shares.flatMap((share) => {
    const id = share.person.id
    if (id === null) return []
    const contactId = winners.get(id) ?? id
    const created: InboxItem[] = bornIds.has(id)
      ? [{ kind: 'created', at: share.items[0]?.at ?? 0, source: { kind: 'key', id: 'tracking' } }]
      : winners.has(id) && Object.keys(share.first).length > 0
        ? [{ kind: 'fields', at: share.items[0]?.at ?? 0, set: share.first, source: { kind: 'key', id: 'tracking' } }]
        : []
    return [{ contactId, items: [...created, ...share.items] }]
  })
}

/** Somebody who comes with an address that gets no mail starts so. */
function stoppedBy({ gained }: Someone, stopped: ReadonlyMap<string, string>): { s?: string } {
  const reason = gained.flatMap(({ kind, value }) => (kind === 'email' ? [stopped.get(value)] : [])).find((it) => it !== undefined)
  return reason === undefined ? {} : { s: reason }
}

function keyOf(person: Someone): string {
  const of = (kind: Identity['kind']) => person.gained.find((identity) => identity.kind === kind)?.value
  return of('email') ?? of('external') ?? `visitor:${of('anonymous') ?? 'nobody'}`
}
