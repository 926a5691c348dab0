import {
  type Actor,
  type ContactState,
  holdId,
  type InboxItem,
  type MergeChoice,
  type Merged,
  mergeStates,
  type Person,
} from '@baton/engine'
import { bucketOfId, type Ids } from '../../ids.ts'
import type { Handle, Sql } from '../../open/handle.ts'
import { ledger } from '../../schema/contact.ts'
import { drawn } from '../../schema/drawn.ts'
import { refused } from '../../schema/entry.ts'
import { dead, event, inbox } from '../../schema/event.ts'
import { formAnswer } from '../../schema/form.ts'
import { related } from '../../schema/related.ts'
import { consentLog } from '../../schema/topic.ts'
import { takeAway } from '../contacts/take-away.ts'
import { prepareEvents } from '../events.ts'
import { liveScoreModel, publishedModel } from '../score-model.ts'
import { appendItems } from '../turns/doors.ts'
import { loadStates } from '../turns/load.ts'
import { moveRows, type Pair } from './move.ts'
import { type EntryOf, moveEffects, moveHandoffs, moveMails } from './outgoing.ts'
import { movePassages, prefixesOf } from './passages.ts'

const ALL = { kind: 'span', from: 0, to: 1023 } as const

export interface MergeOrder extends Pair {
  /** Fields whose value is taken from the loser though the survivor has one. */
  fields: readonly string[]
  by: Actor
  at: number
}

/** `gone`: one of them is not there (any more). `busy`: something is on its way to the loser at this moment. */
export type MergeOutcome = 'merged' | 'gone' | 'busy'

/** Makes ready for a merge: before its transaction. */
export const prepareMerge = (handle: Handle, at: number): Promise<void> =>
  prepareEvents(handle, [{ type: 'contact.merged', occurredAt: at }], at)

/**
 * Makes one contact of two (SEMANTICS 3; the rules are the engine's `mergeStates`), in the caller's transaction: all of it or nothing.
 * No batch that read one of them before can write afterwards, and none begins before the commit. The loser stays as a row that says
 * into whom; links that name its rows find them by `movedTo`. Call `prepareMerge` before, and nudge the runner after.
 */
export async function mergeContacts(tx: Sql, ids: Ids, order: MergeOrder): Promise<MergeOutcome> {
  const { survivor, loser, at } = order
  if (survivor === loser) return 'gone'
  await takeAway(tx, [survivor, loser])
  if (await isBusy(tx, loser)) return 'busy'
  // One after the other, in one order everywhere, so that two merges never wait for each other.
  for (const id of [survivor, loser].sort((a, b) => bucketOfId(a) - bucketOfId(b) || a - b)) {
    await tx.query('select id from contact where bucket = $1::smallint and id = $2 for update', [bucketOfId(id), id])
  }
  const states = await statesOf(tx, order)
  if (!states) return 'gone'
  await tx.query(`delete from inbox where bucket = $1::smallint and contact_id = $2 and kind in ('fields', 'consent', 'suppress')`, [
    bucketOfId(loser),
    loser,
  ])
  const merged = mergeStates(states.mine, states.theirs, await choiceOf(tx, order))
  const keys = { survivor: states.mine.person.key, loser: states.theirs.person.key }
  await writePeople(tx, order, merged)
  for (const table of [event, ledger, drawn, refused, consentLog, formAnswer, inbox, dead]) await moveRows(tx, table, order)
  await moveRelated(tx, order, merged)
  await writeMembers(tx, order, merged)
  const moving = await movePassages(tx, ids, order, { passages: merged.passages, survivor: states.mine, now: at })
  const offsets = new Map(moving.map((row) => [JSON.stringify([row.flowId, row.key]), row.offset]))
  const entryOf: EntryOf = ({ flowId, key, entry }) => (offsets.get(JSON.stringify([flowId, key])) ?? 0) + entry
  const prefixes = prefixesOf(merged.passages, keys)
  await moveMails(tx, ids, order, { entryOf, prefixes })
  await moveEffects(tx, ids, order, { entryOf, prefixes, now: at })
  await moveHandoffs(tx, ids, order, { entryOf, joined: merged.joined, now: at })
  await appendItems(
    tx,
    merged.items.map((item) => ({ contactId: survivor, item })),
  )
  return 'merged'
}

/** What a merge would do, with the names of the flows it concerns. Changes nothing. @returns undefined when one of them is not there (any more) */
export function previewMerge(
  handle: Handle,
  order: MergeOrder,
): Promise<{ merged: Merged; mine: Person; theirs: Person; flows: ReadonlyMap<string, string> } | undefined> {
  return handle.transaction(async (tx) => {
    const states = order.survivor === order.loser ? undefined : await statesOf(tx, order)
    if (!states) return undefined
    const merged = mergeStates(states.mine, states.theirs, await choiceOf(tx, order))
    const names = await tx.query<{ id: string; name: string }>('select id, name from flow where id = any($1::text[])', [
      merged.passages.map((it) => it.before.flowId),
    ])
    return { merged, mine: states.mine.person, theirs: states.theirs.person, flows: new Map(names.map((it) => [it.id, it.name])) }
  })
}

/** The answer of a mail server, or of a web address, would find nobody. */
async function isBusy(tx: Sql, loser: number): Promise<boolean> {
  const mine = `bucket = $1::smallint and contact_id = $2 and status = 'sending'`
  const [row] = await tx.query<{ busy: boolean }>(
    `select exists (select 1 from send where ${mine}) or exists (select 1 from effect where ${mine}) as busy`,
    [bucketOfId(loser), loser],
  )
  return row?.busy ?? false
}

/** Both as they are, with what waits in the loser's inbox already true of it. */
async function statesOf(tx: Sql, { survivor, loser, at }: MergeOrder): Promise<{ mine: ContactState; theirs: ContactState } | undefined> {
  const needs = {
    events: new Map<string, number>(),
    now: at,
    horizon: null,
    mails: new Set<string>(),
    related: new Set(['company']),
    drawn: false,
  }
  const states = await loadStates(tx, ALL, [survivor, loser], needs)
  const mine = states.get(survivor)
  const theirs = states.get(loser)
  if (!mine || !theirs) return undefined
  const waiting = await tx.query<{ payload: InboxItem }>(
    `select payload from inbox where bucket = $1::smallint and contact_id = $2 and kind in ('fields', 'consent', 'suppress') order by seq`,
    [bucketOfId(loser), loser],
  )
  return { mine, theirs: { ...theirs, person: waiting.reduce((person, { payload }) => withItem(person, payload), theirs.person) } }
}

function withItem(person: ContactState['person'], item: InboxItem): ContactState['person'] {
  if (item.kind === 'consent') return { ...person, consent: { ...person.consent, [item.topic]: item.given } }
  if (item.kind === 'suppress') return { ...person, suppressed: item.reason }
  if (item.kind !== 'fields') return person
  const told = Object.entries({ ...person.fields, ...item.set })
  return { ...person, fields: Object.fromEntries(told.flatMap(([key, value]) => (value === null ? [] : [[key, value]]))) }
}

/** Rules of the score model about the person: either of the two may have had their points. */
async function heldRules(tx: Sql): Promise<string[]> {
  const live = await liveScoreModel(tx)
  return live ? publishedModel(live).rules.flatMap(({ kind, id }) => (kind === 'attribute' ? [holdId(id)] : [])) : []
}

async function choiceOf(tx: Sql, { survivor, loser, fields, by, at }: MergeOrder): Promise<MergeChoice> {
  const segments = await tx.query<{ id: string }>(`select id from segment where status <> 'archived' order by id`)
  const handoffs = await tx.query<{ key: string; at: number }>(
    `select key, created_at as at from handoff where (bucket, contact_id) in (($1, $2), ($3, $4)) and known_state <> 'closed'`,
    [bucketOfId(survivor), survivor, bucketOfId(loser), loser],
  )
  return {
    fields,
    by,
    now: at,
    segments: [...(await heldRules(tx)), ...segments.map(({ id }) => id)],
    handoffs: Object.fromEntries(handoffs.map((it) => [it.key, it.at])),
  }
}

/** The survivor's standing, and the row that stays of the loser: it names nobody. Whoever became the loser is the survivor now. */
async function writePeople(tx: Sql, { survivor, loser }: Pair, { state: { person } }: Merged): Promise<void> {
  await tx.query('update identity set contact_id = $2 where contact_id = $1', [loser, survivor])
  await tx.query(
    `update contact set stage = $3, owner_side = $4, owner_id = $5, created_at = $6, rev = rev + 1,
       facts = facts || jsonb_strip_nulls(jsonb_build_object('r', $7::bigint)) where bucket = $1::smallint and id = $2`,
    [bucketOfId(survivor), survivor, person.stage, person.ownerSide, person.ownerId, person.createdAt, person.restUntil ?? null],
  )
  await tx.query('update contact set merged_into = $2 where merged_into = $1', [loser, survivor])
  await tx.query(
    `update contact set merged_into = $3, key = 'merged-' || id::text, zone = null, owner_side = 'marketing', owner_id = null,
       facts = '{"f":{},"k":{},"c":{}}', rev = rev + 1 where bucket = $1::smallint and id = $2`,
    [bucketOfId(loser), loser, survivor],
  )
}

/** The survivor's company stays; the loser's is one of its own only where there is none. */
async function moveRelated(tx: Sql, pair: Pair, { state }: Merged): Promise<void> {
  const kept = state.related.filter((it) => it.kind === 'company').map((it) => it.id)
  await tx.query(
    `delete from related where bucket = $1::smallint and contact_id = $2 and kind = 'company' and not (id = any($3::text[]))`,
    [bucketOfId(pair.loser), pair.loser, kept],
  )
  await moveRows(tx, related, pair)
}

/** Segments of both, each since the earlier; their conditions are looked at once more by the items that follow. */
async function writeMembers(tx: Sql, { survivor, loser }: Pair, { state: { members, rechecks } }: Merged): Promise<void> {
  await tx.query('delete from member where bucket = $1::smallint and contact_id = $2', [bucketOfId(loser), loser])
  const rows = [...new Set([...Object.keys(members), ...Object.keys(rechecks)])].map((id) => ({
    ...{ id, since: members[id] ?? null, recheck: rechecks[id] ?? null },
  }))
  if (rows.length === 0) return
  await tx.query(
    `insert into member (bucket, contact_id, segment_id, since, recheck_at)
     select $2::smallint, $3::bigint, v.id, v.since, v.recheck from json_to_recordset($1::json) as v(id text, since bigint, recheck bigint)
     on conflict (bucket, contact_id, segment_id) do update set since = excluded.since, recheck_at = excluded.recheck_at`,
    [JSON.stringify(rows), bucketOfId(survivor), survivor],
  )
}
