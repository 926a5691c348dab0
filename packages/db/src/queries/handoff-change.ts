import type { HandoffNews } from '@baton/engine'
import type { Sql } from '../open/handle.ts'
import type { handoff, LeadRoute } from '../schema/handoff.ts'
import { type LogActor, type LogEntry, type LogKind, lastOf, logHandoff } from './handoff-log.ts'
import { appendItems } from './turns/doors.ts'

export type HandoffState = (typeof handoff.$inferSelect)['state']

/** What of a lead may be changed. */
export interface HandoffSet {
  state: HandoffState
  repId: string | null
  attempt: number
  bounces: number
  assignedAt: number | null
  answeredAt: number | null
  answeredBy: string | null
  acceptedAt: number | null
  closedAt: number | null
  assignReason: Readonly<Record<string, unknown>> | null
  rejectReason: string | null
  rejectNote: string | null
  deadline: number | null
  nextLook: number | null
  remindedAt: number | null
  breachedAt: number | null
  firstActivityAt: number | null
  route: LeadRoute | null
  queueUntil: number | null
  managerQueue: boolean
  sleepingSince: number | null
  draftAt: number | null
  opportunityId: string | null
  outcome: (typeof handoff.$inferSelect)['outcome']
}

const COLUMNS: Readonly<Record<keyof HandoffSet, string>> = {
  state: 'text',
  repId: 'text',
  attempt: 'integer',
  bounces: 'integer',
  assignedAt: 'bigint',
  answeredAt: 'bigint',
  answeredBy: 'text',
  acceptedAt: 'bigint',
  closedAt: 'bigint',
  assignReason: 'jsonb',
  rejectReason: 'text',
  rejectNote: 'text',
  deadline: 'bigint',
  nextLook: 'bigint',
  remindedAt: 'bigint',
  breachedAt: 'bigint',
  firstActivityAt: 'bigint',
  route: 'jsonb',
  queueUntil: 'bigint',
  managerQueue: 'boolean',
  sleepingSince: 'bigint',
  draftAt: 'bigint',
  opportunityId: 'text',
  outcome: 'text',
}
const isColumn = (key: string): key is keyof HandoffSet => Object.hasOwn(COLUMNS, key)
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** A lead that nobody has any more: what it was given with is gone. */
export const LEFT = {
  ...{ repId: null, assignedAt: null, acceptedAt: null, firstActivityAt: null, answeredAt: null, answeredBy: null },
  ...{ deadline: null, nextLook: null, remindedAt: null, sleepingSince: null, draftAt: null, route: null, queueUntil: null },
} satisfies Partial<HandoffSet>

/** A change of one lead with everything that belongs to it. */
export interface HandoffChange {
  id: number
  /** The revision that the caller saw; left out: whichever it is now. */
  rev?: number | undefined
  /** The states in which this may be done. */
  from: readonly HandoffState[]
  /** Only while this rep has it. */
  repId?: string | undefined
  set: Partial<HandoffSet>
  log: readonly { kind: LogKind; by: LogActor; data?: Readonly<Record<string, unknown>> | undefined }[]
  /** What the contact's inbox is told. */
  news?: HandoffNews | readonly HandoffNews[] | undefined
  at: number
}

/**
 * Why a change was not made. `changed`: somebody was faster, or it is in another state; `last` says what happened. `not-yours`: another
 * rep has it.
 */
export interface HandoffRefused {
  refused: 'unknown' | 'not-yours' | 'changed'
  state: HandoffState | null
  repId: string | null
  last: LogEntry | null
}

export interface HandoffChanged {
  id: number
  contactId: number
  key: string
  rev: number
}

/**
 * Changes a lead: compare-and-set on its revision, a line in its log, word to the contact's inbox, all in the caller's transaction, which
 * is of the contact's bucket alone where it has not left a queue. A rep who has it no more is noted among those who had it; a level runs
 * only while somebody has it and has not accepted. Nudge the runner afterwards.
 */
export async function changeHandoff(tx: Sql, change: HandoffChange): Promise<HandoffChanged | HandoffRefused> {
  const { id, at, set } = change
  const [row] = await tx.query<{
    contactId: number
    key: string
    teamId: string
    repId: string | null
    state: HandoffState
    rev: number
    hadBy: string[]
  }>(
    `select contact_id as "contactId", key, team_id as "teamId", rep_id as "repId", state, rev, had_by as "hadBy" from handoff
     where bucket = $1::smallint and id = $2 for update`,
    [id % 1024, id],
  )
  const refused = async (why: HandoffRefused['refused']): Promise<HandoffRefused> => ({
    ...{ refused: why, state: row?.state ?? null, repId: row?.repId ?? null },
    last: row ? ((await lastOf(tx, id)) ?? null) : null,
  })
  if (!row) return refused('unknown')
  if (!change.from.includes(row.state) || (change.rev !== undefined && row.rev !== change.rev)) return refused('changed')
  if (change.repId !== undefined && row.repId !== change.repId) return refused('not-yours')

  const left = row.repId !== null && set.repId !== undefined && set.repId !== row.repId && !row.hadBy.includes(row.repId)
  const ended = set.state !== undefined && set.state !== 'assigned' && set.nextLook === undefined ? { nextLook: null } : {}
  await update(tx, id, { ...ended, ...set }, left && row.repId !== null ? [...row.hadBy, row.repId] : null)
  if (row.state === 'queued' && set.state !== undefined && (set.state !== 'queued' || set.managerQueue === true)) {
    await tx.query('delete from team_queue where team_id = $1 and handoff_id = $2', [row.teamId, id])
  }
  await logHandoff(
    tx,
    change.log.map((line) => ({ ...line, handoffId: id, contactId: row.contactId, at })),
  )
  const news = change.news === undefined ? [] : 'outcome' in change.news ? [change.news] : change.news
  await appendItems(
    tx,
    news.map((it) => ({ contactId: row.contactId, item: { kind: 'handoff', at, handoff: row.key, news: it } })),
  )
  return { id, contactId: row.contactId, key: row.key, rev: row.rev + 1 }
}

async function update(tx: Sql, id: number, set: Partial<HandoffSet>, hadBy: readonly string[] | null): Promise<void> {
  const params: unknown[] = [id % 1024, id]
  const columns = Object.entries(set).flatMap(([key, value]) => {
    if (value === undefined || !isColumn(key)) return []
    const type = COLUMNS[key]
    return [`${snake(key)} = $${params.push(type === 'jsonb' && value !== null ? JSON.stringify(value) : value)}::${type}`]
  })
  if (hadBy) columns.push(`had_by = $${params.push(JSON.stringify(hadBy))}::jsonb`)
  await tx.query(`update handoff set ${[...columns, 'rev = rev + 1'].join(', ')} where bucket = $1::smallint and id = $2`, params)
}
