import type { Actor, InboxItem } from '@baton/engine'
import type { Ids } from '../../ids.ts'
import type { Handle, Sql } from '../../open/handle.ts'
import { addContacts } from '../contacts/add.ts'
import { changesOf } from '../contacts/change.ts'
import { appendItems } from '../turns/doors.ts'
import type { Reject } from './jobs.ts'
import type { ImportRow, Refuse } from './row.ts'
import { type Addressed, addressRows } from './who.ts'

export interface ImportChunk {
  jobId: string
  /** Of the claim on the job. */
  owner: string
  keyKind: 'email' | 'external'
  source: Actor
  /** What the rows say yes or no to, and how that is known. */
  consent: { topic: string; source: Actor }
  /** The list that everybody of the file is put on. */
  list: string | null
  at: number
  /** Keys of the text and choice fields. */
  textKeys: readonly string[]
  rows: readonly ImportRow[]
  /** Rows that could not be read. */
  rejects: readonly Reject[]
  /** Where the file goes on behind this chunk. */
  position: { bytes: number; lines: number; rows: number }
}

/** How many rejected rows keep their reason; further ones are only counted. */
export const MAX_REJECTS = 100_000
const MAX_RAW = 2000
const MAX_TRIES = 5

/** Somebody else made one of these people a moment ago; the chunk is taken in anew. */
class Raced extends Error {}

/**
 * Takes a chunk of rows in, in one transaction with the progress of the job: new people are inserted with what the file says of them,
 * known ones are told what is different, those of whom nothing is different are counted. A row whose key came before in this file
 * is refused: only the first counts, so that the same file again changes nothing.
 * @returns false when the import was cancelled or ended, or another process carries it on: then nothing of the chunk is kept
 */
export async function takeRows(handle: Handle, ids: Ids, chunk: ImportChunk): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await handle.transaction((tx) => takeOnce(tx, ids, chunk))
    } catch (error) {
      if (!(error instanceof Raced) || attempt === MAX_TRIES) throw error
    }
  }
}

async function takeOnce(tx: Sql, ids: Ids, chunk: ImportChunk): Promise<boolean> {
  const [job] = await tx.query<{ rejected: number }>(
    `select rejected from import_job where id = $1 and status = 'running' and owner = $2 for update`,
    [chunk.jobId, chunk.owner],
  )
  if (!job) return false
  const rejects: Reject[] = [...chunk.rejects]
  const refuse = (row: ImportRow, reason: string) => {
    rejects.push({ line: row.line, raw: row.raw(), reason })
  }
  const rows = await firstOfTheirKey(tx, chunk, refuse)
  const addressed = await addressRows(tx, chunk.keyKind, rows, refuse)
  const items: { contactId: number; item: InboxItem }[] = []
  const created = await addNew(tx, ids, chunk, addressed, items)
  const updated = await tellKnown(tx, chunk, addressed, items)
  await appendItems(tx, items)
  await storeRejects(tx, chunk.jobId, job.rejected, rejects)
  const unchanged = addressed.length - created - updated
  await tx.query(
    `update import_job set bytes_read = $2, lines_read = $3, rows_read = $4, created = created + $5, updated = updated + $6,
            unchanged = unchanged + $7, rejected = rejected + $8 where id = $1`,
    [chunk.jobId, chunk.position.bytes, chunk.position.lines, chunk.position.rows, created, updated, unchanged, rejects.length],
  )
  return true
}

async function firstOfTheirKey(tx: Sql, chunk: ImportChunk, refuse: Refuse): Promise<ImportRow[]> {
  const first = new Map<string, ImportRow>()
  for (const row of chunk.rows) if (!first.has(row.key)) first.set(row.key, row)
  const keys = [...first.keys()].sort()
  const added = await tx.query<{ value: string }>(
    `insert into import_key (job_id, value, line) select $1, * from unnest($2::text[], $3::bigint[]) on conflict do nothing returning value`,
    [chunk.jobId, keys, keys.map((key) => first.get(key)?.line)],
  )
  const lines = new Map([...first].map(([key, row]) => [key, row.line]))
  const fresh = new Set(added.map((row) => row.value))
  const earlier = keys.filter((key) => !fresh.has(key))
  if (earlier.length > 0) {
    const rows = await tx.query<{ value: string; line: number }>(
      'select value, line from import_key where job_id = $1 and value = any($2::text[])',
      [chunk.jobId, earlier],
    )
    for (const row of rows) lines.set(row.value, row.line)
  }
  return chunk.rows.filter((row) => {
    if (lines.get(row.key) === row.line) return true
    refuse(row, `Line ${lines.get(row.key)} has the same key, “${row.key}”. Only the first counts.`)
    return false
  })
}

async function addNew(
  tx: Sql,
  ids: Ids,
  chunk: ImportChunk,
  addressed: readonly Addressed[],
  items: { contactId: number; item: InboxItem }[],
): Promise<number> {
  const people = addressed
    .filter((it) => it.contactId === null)
    .map(({ row }) => ({
      external: chunk.keyKind === 'external' ? row.key : null,
      email: row.email,
      fields: row.set,
      consent: row.consent === null ? {} : { [chunk.consent.topic]: row.consent },
    }))
  const added = await addContacts(tx, ids, people, { at: chunk.at, textKeys: chunk.textKeys })
  if (added === 'taken') throw new Raced('Somebody of this chunk was made elsewhere at the same moment.')
  // What they agreed to is kept with how it is known.
  for (const contactId of added) {
    items.push({ contactId, item: { kind: 'created', at: chunk.at, source: chunk.consent.source } })
    items.push(...putOnList(chunk, contactId))
  }
  return added.length
}

async function tellKnown(
  tx: Sql,
  chunk: ImportChunk,
  addressed: readonly Addressed[],
  items: { contactId: number; item: InboxItem }[],
): Promise<number> {
  const known = addressed.flatMap(({ row, contactId }) => (contactId === null ? [] : [{ ...row, contactId }]))
  if (known.length === 0) return 0
  const gained = known.flatMap(({ contactId, key, email }) => [
    ...(chunk.keyKind === 'external' ? [{ kind: 'external', value: key, contactId }] : []),
    ...(email === null ? [] : [{ kind: 'email', value: email, contactId }]),
  ])
  gained.sort((a, b) => (a.value < b.value ? -1 : 1))
  await tx.query(
    `insert into identity (value, kind, contact_id) select * from unnest($1::text[], $2::text[], $3::bigint[]) on conflict do nothing`,
    [gained.map((it) => it.value), gained.map((it) => it.kind), gained.map((it) => it.contactId)],
  )
  const { topic, source } = chunk.consent
  const changes = await changesOf(tx, known, topic)
  for (const { contactId, set, consent } of changes) {
    if (Object.keys(set).length > 0) items.push({ contactId, item: { kind: 'fields', at: chunk.at, set, source: chunk.source } })
    if (consent !== null) items.push({ contactId, item: { kind: 'consent', at: chunk.at, topic, given: consent, source } })
  }
  for (const { contactId } of known) items.push(...putOnList(chunk, contactId))
  return changes.length
}

/** Who is on the list already stays there; the turn knows. */
const putOnList = ({ list, at, source }: ImportChunk, contactId: number): { contactId: number; item: InboxItem }[] =>
  list === null ? [] : [{ contactId, item: { kind: 'list', at, segmentId: list, on: true, source } }]

async function storeRejects(tx: Sql, jobId: string, before: number, rejects: readonly Reject[]): Promise<void> {
  const kept = rejects.slice(0, Math.max(0, MAX_REJECTS - before))
  if (kept.length === 0) return
  await tx.query(
    `insert into import_reject (job_id, line, reason, raw) select $1, * from unnest($2::bigint[], $3::text[], $4::text[]) on conflict do nothing`,
    [jobId, kept.map((it) => it.line), kept.map((it) => it.reason), kept.map((it) => storable(it.raw.slice(0, MAX_RAW)))],
  )
}

/** Without NUL and halves of surrogate pairs, which no text column takes. */
const storable = (text: string) => text.replaceAll('\0', '\uFFFD').replace(/\p{Surrogate}/gu, '\uFFFD')
