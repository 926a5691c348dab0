import type { HandoffContract, HandoffNews } from '@baton/engine'
import { businessCalendar, type LevelStart, startLevel } from '@baton/leads'
import type { Sql } from '../../open/handle.ts'
import { opportunitiesOf } from '../desk-facts.ts'
import { changeHandoff, type HandoffChanged, type HandoffRefused, type HandoffSet } from '../handoff-change.ts'
import { repCalendars } from '../rep-hours.ts'
import { appendItems } from '../turns/doors.ts'
import { workspaceSettings } from '../workspace.ts'

/** Where a lead goes by a manager's hand: to a rep, to the team's router, into the manager's own queue, or out of sales. */
export type MoveTo = { kind: 'rep'; id: string; name: string } | { kind: 'team' } | { kind: 'manager' } | { kind: 'marketing' }

export interface Move {
  id: number
  /** The revision that was on the screen; left out: whichever it is now. */
  rev?: number | undefined
  to: MoveTo
  by: { id: string; name: string }
  note: string
  at: number
}

interface MovedLead {
  state: string
  repId: string | null
  repName: string | null
  teamId: string
  contract: Partial<HandoffContract>
  bounces: number
  opportunityId: string | null
}

/** A lead as it was before a rep had it. */
const UNGIVEN = {
  ...{ assignedAt: null, answeredAt: null, answeredBy: null, acceptedAt: null, firstActivityAt: null },
  ...{ deadline: null, nextLook: null, remindedAt: null, breachedAt: null, sleepingSince: null, draftAt: null },
  ...{ queueUntil: null, route: null, managerQueue: false },
} satisfies Partial<HandoffSet>

const OPEN = ['routing', 'queued', 'assigned', 'accepted', 'sleeping'] as const

/**
 * Moves an open lead by hand. Who gets it has the whole time of its level again, by the own calendar, and answers anew even where
 * somebody had accepted it. @returns why not, where somebody was faster
 */
export async function moveLead(tx: Sql, { id, rev, to, by, note, at }: Move): Promise<HandoffChanged | HandoffRefused> {
  const [row] = await tx.query<MovedLead>(
    `select h.state, h.rep_id as "repId", u.name as "repName", h.team_id as "teamId", h.contract, h.bounces, h.opportunity_id as "opportunityId"
     from handoff h
     left join "user" u on u.id = h.rep_id where h.bucket = $1::smallint and h.id = $2`,
    [id % 1024, id],
  )
  if (!row) return { refused: 'unknown', state: null, repId: null, last: null }
  const had = { repId: row.repId, repName: row.repName, ...(note === '' ? {} : { note }) }
  const back: HandoffNews[] =
    row.repId === null ? [] : [{ outcome: 'given-back', repId: row.repId, repName: row.repName ?? '', ...(note === '' ? {} : { note }) }]
  const shared = { id, rev, from: OPEN, at }
  if (to.kind === 'team') {
    const set = { ...UNGIVEN, state: 'routing' as const, repId: null }
    return changeHandoff(tx, { ...shared, set, log: [{ kind: 'given-back', by, data: had }], news: back })
  }
  if (to.kind === 'manager') {
    const set = { ...UNGIVEN, state: 'queued' as const, repId: null, managerQueue: true }
    return changeHandoff(tx, { ...shared, set, log: [{ kind: 'escalated', by, data: had }], news: back })
  }
  if (to.kind === 'marketing') return toMarketing(tx, row, { id, rev, by, note, at }, had)
  const start = await levelFor(tx, row, to.id, at)
  const reason = { code: 'manager', by: by.name, ...(note === '' ? {} : { note }) }
  const deadline = start?.deadline ?? null
  return changeHandoff(tx, {
    ...shared,
    set: { ...UNGIVEN, state: 'assigned', repId: to.id, assignedAt: at, assignReason: reason, deadline, nextLook: start?.look ?? null },
    log: [{ kind: 'reassigned', by, data: { repId: to.id, repName: to.name, from: row.repId, fromName: row.repName, deadline, note } }],
    news: [...(row.state === 'accepted' ? back : []), { outcome: 'assigned', repId: to.id, repName: to.name, reason, deadline }],
  })
}

/**
 * Sales is done with it, by a manager's word: nobody has it any more, its flow goes on as where nobody answered, and its deal, if any,
 * has no owner, so that the next lead of the same person goes to whoever's turn it is.
 */
async function toMarketing(
  tx: Sql,
  { bounces, contract, opportunityId }: MovedLead,
  { id, rev, by, note, at }: Omit<Move, 'to'>,
  had: Readonly<Record<string, unknown>>,
): Promise<HandoffChanged | HandoffRefused> {
  const changed = await changeHandoff(tx, {
    ...{ id, rev, from: OPEN, at },
    set: {
      ...{ repId: null, deadline: null, nextLook: null, sleepingSince: null, draftAt: null, route: null, queueUntil: null },
      ...{ managerQueue: false, state: 'no-response', outcome: 'no-response', closedAt: at },
    },
    log: [
      { kind: 'clawed-back', by, data: { ...had, next: 'marketing' } },
      { kind: 'no-response', by, data: { attempts: bounces } },
    ],
    news: {
      ...{ outcome: 'no-response', attempts: bounces, reason: { code: 'manager', by: by.name, ...(note === '' ? {} : { note }) } },
      ...contract.agreement?.returns.noResponse,
    },
  })
  if ('refused' in changed || opportunityId === null) return changed
  const [deal] = await opportunitiesOf(tx, [{ id, contactId: changed.contactId, opportunityId }])
  if (deal) {
    const { owner_id: _, owner: __, ...data } = deal.data
    const item = { kind: 'related', at, of: 'opportunity', id: opportunityId, data, occurredAt: at } as const
    await appendItems(tx, [{ contactId: changed.contactId, item }])
  }
  return changed
}

/** The level of a lead as it begins for a rep; undefined where none was agreed on, or the rep's calendar has no hours. */
async function levelFor(tx: Sql, { teamId, contract }: MovedLead, repId: string, at: number): Promise<LevelStart | undefined> {
  if (!contract.level) return undefined
  const { zone } = await workspaceSettings(tx)
  const hours = (await repCalendars(tx, [teamId]))(teamId, repId)
  return startLevel(at, contract.level, businessCalendar(hours)(zone))
}
