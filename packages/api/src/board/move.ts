import {
  appendAudit,
  type BoardLead,
  boardLeadsById,
  createIds,
  type LeadNote,
  listTeams,
  type MoveTo,
  moveLead,
  openLeadsOf,
  type Sql,
  tellOfLeads,
  userById,
} from '@baton/db'
import type { CurrentUser } from '../context.ts'
import { fail } from '../errors.ts'

/** Where leads go, as it comes in: to a rep by id, to the team's router, to the manager's queue, back to marketing. */
export type Whither = { kind: 'rep'; userId: string } | { kind: 'team' } | { kind: 'manager' } | { kind: 'marketing' }

export interface Moved {
  moved: number
  /** Those that somebody answered or moved meanwhile, by name. */
  missed: string[]
}

interface Asked {
  leads: readonly { id: number; rev?: number | undefined }[]
  to: Whither
  note: string
  by: CurrentUser
  at: number
}

/**
 * Moves open leads by hand: each that nobody was faster with. Who gets some and who loses some are told, in the bell and by mail as they
 * chose. The log of each lead says who did it, and the audit log how many.
 */
export async function moveLeads(tx: Sql, { leads, to, note, by, at }: Asked): Promise<Moved> {
  const rows = new Map(
    (
      await boardLeadsById(
        tx,
        leads.map(({ id }) => id),
      )
    ).map((row) => [row.id, row]),
  )
  const where = await whereTo(tx, to, [...rows.values()])
  const done: BoardLead[] = []
  const missed: string[] = []
  // In the order of their ids, so that two who move the same leads do not wait for each other for ever.
  for (const { id, rev } of [...leads].sort((a, b) => a.id - b.id)) {
    const row = rows.get(id)
    if (!row) continue
    const result = await moveLead(tx, { id, rev, to: where, by: { id: by.id, name: by.name }, note, at })
    if ('refused' in result) missed.push(row.name)
    else done.push({ ...row, rev: result.rev })
  }
  await tellOfLeads(tx, createIds(tx), { notes: notesOf(done, where, { by, note, at }) })
  if (done.length > 0) {
    const subject = { kind: 'team', id: done[0]?.teamId ?? '' }
    const detail = { leads: done.length, to: where.kind === 'rep' ? where.name : where.kind, note }
    await appendAudit(tx, { at, actor: by, action: 'leads.moved', subject, detail })
  }
  return { moved: done.length, missed }
}

/** @throws BAD_REQUEST where a rep cannot get these leads */
async function whereTo(tx: Sql, to: Whither, rows: readonly BoardLead[]): Promise<MoveTo> {
  if (to.kind !== 'rep') return to
  const rep = await userById(tx, to.userId)
  if (!rep?.active) throw fail('BAD_REQUEST', 'This person is deactivated or gone. Choose somebody else.')
  const teams = await listTeams(tx)
  const outside = rows.find((row) => !teams.some((team) => team.id === row.teamId && team.members.some((it) => it.userId === rep.id)))
  if (outside)
    throw fail(
      'BAD_REQUEST',
      `${rep.name} is not in the team ${outside.teamName ?? 'of this lead'}. Choose a member, or add ${rep.name} to the team first.`,
    )
  return { kind: 'rep', id: rep.id, name: rep.name }
}

/**
 * What those who get leads and those who lose some are told. In the bell each lead stands by itself; a mail tells of all that one person
 * gets or loses at a time.
 */
function notesOf(leads: readonly BoardLead[], to: MoveTo, { by, note, at }: Pick<Asked, 'by' | 'note' | 'at'>): LeadNote[] {
  const told = new Map<string, number>()
  const notes = leads.flatMap(({ id, rev, repId }) => {
    const shared = { handoffId: id, nth: rev, at }
    const data = { by: by.name, ...(note === '' ? {} : { note }), ...(to.kind === 'rep' ? { to: to.name } : {}) }
    const what = to.kind === 'marketing' ? ('to-marketing' as const) : ('moved-on' as const)
    return [
      ...(to.kind === 'rep' && to.id !== repId ? [{ ...shared, data, what: 'moved-here' as const, to: to.id }] : []),
      ...(repId !== null && !(to.kind === 'rep' && to.id === repId) ? [{ ...shared, data, what, to: repId }] : []),
    ].filter((it) => it.to !== by.id)
  })
  for (const it of notes) told.set(it.to, (told.get(it.to) ?? 0) + 1)
  const mailed = new Set<string>()
  return notes.map((it) => {
    const more = (told.get(it.to) ?? 1) - 1
    const mail = !mailed.has(it.to)
    mailed.add(it.to)
    return { ...it, mail, data: mail && more > 0 ? { ...it.data, more } : it.data }
  })
}

/** What becomes of the open leads of somebody who leaves: they go to the team's router, or to a named rep. */
export interface Leaving {
  userId: string
  to: { kind: 'team' } | { kind: 'rep'; userId: string }
}

/**
 * Hands on the open leads of somebody who leaves a team (null: all teams, with the account).
 * @throws CONFLICT with how many there are, where nobody said who gets them
 */
export async function handOn(
  tx: Sql,
  { userId, teamId, to, by, at }: { userId: string; teamId: string | null; to: Leaving['to'] | undefined; by: CurrentUser; at: number },
): Promise<number> {
  const open = (await openLeadsOf(tx, userId)).filter((it) => teamId === null || it.teamId === teamId)
  const ids = open.flatMap((it) => it.ids)
  if (ids.length === 0) return 0
  if (!to) {
    const name = (await userById(tx, userId))?.name ?? 'This person'
    const what = ids.length === 1 ? '1 open lead' : `${ids.length} open leads`
    throw fail('CONFLICT', `${name} still has ${what}. Say first who gets them.`)
  }
  if (to.kind === 'rep' && to.userId === userId) throw fail('BAD_REQUEST', 'Choose somebody who stays.')
  const { moved } = await moveLeads(tx, { leads: ids.map((id) => ({ id })), to, note: '', by, at })
  return moved
}
