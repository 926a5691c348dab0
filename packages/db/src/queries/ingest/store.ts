import { type FieldDefinition, type FieldValue, foldFields, type InboxItem, isFoldedType, readFieldValue } from '@baton/engine'
import { bucketOf } from '@baton/leads'
import { failpoint } from '../../failpoint.ts'
import { bucketOfId, type Ids } from '../../ids.ts'
import { type Handle, type Sql, sqlState } from '../../open/handle.ts'
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

/** What one client sent in one request. */
export interface TrackingRequest {
  messages: readonly IncomingMessage[]
  key: TrackingKey
}

/** How many messages of a request were stored, and how many were repeats. */
export interface Stored {
  stored: number
  repeated: number
}

/** What one person gets from a group of requests. */
interface Share {
  person: Someone
  /** Of the group, the request that makes them. What later ones tell is a change, as it would be had they come a moment later. */
  madeBy: number
  items: InboxItem[]
  /** Field values of somebody who is made now. */
  first: Record<string, FieldValue>
  consent: Record<string, boolean>
}

/** A message with the number of its request in the group. */
interface Fresh {
  message: IncomingMessage
  request: number
  key: TrackingKey
}

/** Stores the messages of one request; see `storeRequests`. */
export async function storeMessages(handle: Handle, ids: Ids, messages: readonly IncomingMessage[], key: TrackingKey): Promise<Stored> {
  const [done] = await storeRequests(handle, ids, [{ messages, key }])
  return done ?? { stored: 0, repeated: 0 }
}

/** Whether a request may join a visitor to somebody: what comes behind it must see that, and so is not stored in one group with it. */
export const endsGroup = ({ messages, key }: TrackingRequest): boolean =>
  messages.some((m) => tellsWho(m, key) && (m.anonymousId !== null || m.previousId !== null))

/**
 * Takes tracking requests in, as if they came one after another: finds or makes the people, appends events and inbox items, all in one
 * transaction. Resolves after the commit. A message id that was seen in the last 30 days is passed over, so a client may repeat a
 * request. A browser's key is public: it adds events, and traits of people whom nobody knows yet; it never changes somebody known
 * (SECURITY). Of several requests only the last may be one that `endsGroup`.
 * @returns per request what became of it
 */
export async function storeRequests(handle: Handle, ids: Ids, requests: readonly TrackingRequest[]): Promise<Stored[]> {
  await prepareEvents(
    handle,
    requests.flatMap(({ messages, key }) =>
      messages.flatMap((m) => [
        { type: m.eventType, occurredAt: m.occurredAt },
        ...(tellsWho(m, key) ? [{ type: 'contact.merged', occurredAt: m.receivedAt }] : []),
      ]),
    ),
    requests[0]?.messages[0]?.receivedAt ?? 0,
  )
  const write = (known: 'new' | 'perhaps') =>
    handle.transaction(async (tx) => {
      const stored = await storeOnce(tx, ids, requests, known)
      failpoint('door.before-commit')
      return stored
    })
  const stored = await write('new').catch((error: unknown) => {
    // An event of this very id and instant is there, though the id was not seen for 30 days: it is kept once.
    if (sqlState(error) === '23505') return write('perhaps')
    throw error
  })
  failpoint('door.after-commit')
  return stored
}

async function storeOnce(tx: Sql, ids: Ids, requests: readonly TrackingRequest[], known: 'new' | 'perhaps'): Promise<Stored[]> {
  const fresh = await unseen(tx, requests)
  const counts = requests.map(({ messages }) => ({ stored: 0, repeated: messages.length }))
  for (const { request } of fresh) {
    const count = counts[request]
    if (count) [count.stored, count.repeated] = [count.stored + 1, count.repeated - 1]
  }
  const [first] = fresh
  if (!first) return counts
  const at = first.message.receivedAt
  const fields = await fieldsOf(tx)
  const directory = await Directory.load(
    tx,
    fresh.flatMap(({ message }) => identitiesOf(message)),
  )
  const shares = new Map<Someone, Share>()
  const one = new Map<Someone, { person: Someone; key: TrackingKey }>()
  for (const it of fresh) {
    const person = take(it, fields, directory, shares)
    const visitors = tellsWho(it.message, it.key) ? visitorsOf(it.message, directory) : []
    for (const visitor of visitors) if (visitor !== person) one.set(visitor, { person, key: it.key })
  }
  const people = await settle(tx, ids, [...shares.values()], textKeysOf(fields))
  const entries = people.flatMap(({ contactId, items }) => items.map((item) => ({ contactId, item })))
  await appendItems(tx, await joinCompanies(tx, entries, at), known)
  for (const [visitor, { person, key }] of one) {
    if (visitor.id === null || person.id === null) continue
    await mergeContacts(tx, ids, { survivor: person.id, loser: visitor.id, fields: [], by: { kind: 'key', id: key.id }, at })
  }
  return counts
}

/** The messages that were not seen before, each once, in the order in which they came; from now on they are seen. */
async function unseen(tx: Sql, requests: readonly TrackingRequest[]): Promise<Fresh[]> {
  const once = new Map<string, Fresh>()
  requests.forEach(({ messages, key }, request) => {
    for (const message of messages) {
      const before = once.get(message.messageId)
      if (before === undefined || before.request === request) once.set(message.messageId, { message, request, key })
    }
  })
  const names = [...once.keys()].sort()
  const added = await tx.query<{ message_id: string }>(
    `insert into seen (message_id, day) select * from unnest($1::text[], $2::int[]) on conflict do nothing returning message_id`,
    [names, names.map((name) => Math.floor((once.get(name)?.message.receivedAt ?? 0) / DAY_MS))],
  )
  if (added.length === once.size) return [...once.values()]
  const fresh = new Set(added.map((row) => row.message_id))
  return [...once.values()].filter(({ message }) => fresh.has(message.messageId))
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
  { message: m, key, request }: Fresh,
  fields: ReadonlyMap<string, FieldDefinition>,
  directory: Directory,
  shares: Map<Someone, Share>,
): Someone {
  const person = whoDid(m, key, directory)
  const stranger = !person.known
  const mayTell = key.kind === 'server' || stranger
  if (m.userId !== null && mayTell) directory.give(person, { kind: 'external', value: m.userId }, request)
  if (m.anonymousId !== null && (key.kind === 'server' || stranger))
    directory.give(person, { kind: 'anonymous', value: m.anonymousId }, request)
  const share = shares.get(person) ?? { person, madeBy: request, items: [], first: {}, consent: {} }
  shares.set(person, share)
  const beingMade = person.id === null && share.madeBy === request
  const source = { kind: 'key' as const, id: key.id }
  const set: Record<string, FieldValue> = {}
  if (mayTell && (m.kind === 'identify' || m.kind === 'group')) {
    const told = traitsAsFields(m.kind === 'group' ? { company: m.traits.name ?? m.groupId } : m.traits)
    for (const [name, raw] of Object.entries(told)) {
      const field = fields.get(name)
      if (!field) continue
      if (name === 'email') {
        const email = key.kind === 'server' ? mailAddress(raw) : undefined
        if (email !== undefined && directory.give(person, { kind: 'email', value: email }, request)) set.email = email
        continue
      }
      const read = readFieldValue(field, raw)
      if ('value' in read && read.value !== null) set[name] = read.value
    }
  }
  if (Object.keys(set).length > 0) {
    if (beingMade) Object.assign(share.first, set)
    else share.items.push({ kind: 'fields', at: m.receivedAt, set, source })
  }
  const agreed = key.kind === 'server' && m.kind === 'identify' ? m.traits.marketing_consent : undefined
  if (typeof agreed === 'boolean') {
    if (beingMade) share.consent.marketing = agreed
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
  const keys = made.map((share) => keyOf(bornWith(share)))
  const newIds = await ids.take(keys.map(bucketOf), tx)
  made.forEach((share, i) => {
    share.person.id = newIds[i] ?? null
  })
  const gained = shares.flatMap(({ person }) => person.gained.map(({ kind, value }) => ({ kind, value, contact_id: person.id })))
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
  // Of people who are there already, too: an address of somebody erased may be on the list, and is seen there again.
  const addresses = gained.flatMap(({ kind, value }) => (kind === 'email' ? [value] : []))
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
            facts: { f: share.first, k: foldFields(share.first, textKeys), c: share.consent, ...stoppedBy(bornWith(share), stopped) },
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
function stoppedBy(names: readonly Identity[], stopped: ReadonlyMap<string, string>): { s?: string } {
  const reason = names.flatMap(({ kind, value }) => (kind === 'email' ? [stopped.get(value)] : [])).find((it) => it !== undefined)
  return reason === undefined ? {} : { s: reason }
}

/** The names that somebody has from the request that makes them. */
const bornWith = ({ person, madeBy }: Share): Identity[] => person.gained.filter(({ request }) => request === madeBy)

function keyOf(names: readonly Identity[]): string {
  const of = (kind: Identity['kind']) => names.find((identity) => identity.kind === kind)?.value
  return of('email') ?? of('external') ?? `visitor:${of('anonymous') ?? 'nobody'}`
}
