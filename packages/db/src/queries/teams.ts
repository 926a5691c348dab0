import { asc, eq, inArray, sql as raw } from 'drizzle-orm'
import { newId } from '../ids.ts'
import type { Handle, Sql } from '../open/handle.ts'
import { user } from '../schema/auth.ts'
import { handoff } from '../schema/handoff.ts'
import { repSetting, type TeamDigest, team, teamMember } from '../schema/team.ts'
import { bumpPlan } from './plan.ts'
import { MAILS_A_DAY } from './rep-mail.ts'

export interface TeamMemberRow {
  userId: string
  name: string
  /** Whether the person may still sign in. */
  userActive: boolean
  /** Share of the leads against the other members. */
  weight: number
  /** How many open leads at once; null: no limit. */
  cap: number | null
  /** False: is given no new leads for now. */
  active: boolean
  /** Own hours, zone and holidays; null: the team's. */
  calendarId: string | null
  /** Own mails to leads in 24 hours, at most: of the person, whatever the team. */
  mailsADay: number
}

export interface TeamRow {
  id: string
  name: string
  createdAt: number
  /** Working hours; null: Monday to Friday from 9 to 17 in the workspace's zone. */
  calendarId: string | null
  /** Who is told of breaches; null: every sales manager. */
  managerId: string | null
  /** The weekly report by mail; null: none. */
  digest: TeamDigest | null
  /** An opportunity without activity for so many days is clawed back; null: never. */
  quietDays: number | null
  /** Whose activity that is. */
  quietBy: 'anybody' | 'sales'
  members: TeamMemberRow[]
}

/** Every team with its members, by name. */
export async function listTeams(sql: Sql): Promise<TeamRow[]> {
  const teams = await sql.db.select().from(team).orderBy(asc(team.name), asc(team.id))
  const members = await sql.db
    .select({
      teamId: teamMember.teamId,
      userId: teamMember.userId,
      name: user.name,
      userActive: user.active,
      weight: teamMember.weight,
      cap: teamMember.cap,
      active: teamMember.active,
      calendarId: teamMember.calendarId,
      mailsADay: raw<number>`coalesce(${repSetting.mailsADay}, ${MAILS_A_DAY})::int`,
    })
    .from(teamMember)
    .innerJoin(user, eq(user.id, teamMember.userId))
    .leftJoin(repSetting, eq(repSetting.userId, teamMember.userId))
    .orderBy(asc(user.name), asc(user.id))
  return teams.map((one) => ({
    ...one,
    members: members.filter((member) => member.teamId === one.id).map(({ teamId: _, ...member }) => member),
  }))
}

export interface TeamChange {
  /** Absent: a new team. */
  id?: string | undefined
  name: string
  /** Settings that are not named stay as they are. */
  calendarId?: string | null | undefined
  managerId?: string | null | undefined
  quietDays?: number | null | undefined
  quietBy?: 'anybody' | 'sales' | undefined
  members: readonly { userId: string; weight: number; cap: number | null; active: boolean; calendarId?: string | null | undefined }[]
  at: number
}

/** Makes a team, or replaces its name, settings and members. @returns its id; undefined when there is no such team */
export async function saveTeam(tx: Sql, { id, members, at, ...settings }: TeamChange): Promise<string | undefined> {
  const { name, calendarId, managerId, quietDays, quietBy } = settings
  const teamId = id ?? newId('team')
  if (id === undefined) await tx.db.insert(team).values({ id: teamId, name, calendarId, managerId, quietDays, quietBy, createdAt: at })
  else {
    const found = await tx.db
      .update(team)
      .set({ name, calendarId, managerId, quietDays, quietBy })
      .where(eq(team.id, id))
      .returning({ id: team.id })
    if (found.length === 0) return undefined
  }
  await tx.db.delete(teamMember).where(eq(teamMember.teamId, teamId))
  await bumpPlan(tx)
  if (members.length > 0) await tx.db.insert(teamMember).values(members.map((member) => ({ teamId, ...member })))
  return teamId
}

/** Sets when and to whom the weekly report of a team is mailed; null: no more. @returns false where there is no such team */
export async function setDigest(tx: Sql, id: string, digest: TeamDigest | null): Promise<boolean> {
  const rows = await tx.db.update(team).set({ digest }).where(eq(team.id, id)).returning({ id: team.id })
  return rows.length > 0
}

/** A team whose weekly report is mailed. */
export interface DigestTeam {
  id: string
  name: string
  digest: TeamDigest
}

export function digestTeams(sql: Sql): Promise<DigestTeam[]> {
  return sql.query('select id, name, digest from team where digest is not null order by id')
}

/**
 * Takes an address of a week's report before its mail leaves, so that nobody else sends it too. @returns false where it was taken already,
 * or the report is not wanted any more
 */
export async function takeDigest(handle: Handle, { id, week, to }: { id: string; week: string; to: string }): Promise<boolean> {
  return handle.transaction(async (tx) => {
    const [row] = await tx.query<{ digest: TeamDigest | null }>('select digest from team where id = $1 for update', [id])
    if (!row?.digest) return false
    const had = row.digest.done?.week === week ? row.digest.done.to : []
    if (had.includes(to) || !row.digest.recipients.includes(to)) return false
    return setDigest(tx, id, { ...row.digest, done: { week, to: [...had, to] } })
  })
}

/** Gives an address back whose mail certainly did not leave: it is tried again. */
export async function untakeDigest(handle: Handle, { id, week, to }: { id: string; week: string; to: string }): Promise<void> {
  await handle.transaction(async (tx) => {
    const [row] = await tx.query<{ digest: TeamDigest | null }>('select digest from team where id = $1 for update', [id])
    if (!row?.digest?.done || row.digest.done.week !== week) return
    await setDigest(tx, id, { ...row.digest, done: { week, to: row.digest.done.to.filter((it) => it !== to) } })
  })
}

const OPEN = ['routing', 'queued', 'assigned', 'accepted', 'sleeping'] as const

/** Removes a team that no lead waits for. @returns its name; or why it stays */
export async function removeTeam(tx: Sql, id: string): Promise<{ name: string } | 'unknown' | 'has-leads'> {
  const states = await tx.db.selectDistinct({ state: handoff.state }).from(handoff).where(eq(handoff.teamId, id))
  if (states.some(({ state }) => OPEN.some((open) => open === state))) return 'has-leads'
  const [row] = await tx.db.delete(team).where(eq(team.id, id)).returning({ name: team.name })
  await bumpPlan(tx)
  return row ?? 'unknown'
}

/** Which of these people exist and are active. */
export async function activeUserIds(sql: Sql, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const rows = await sql.db
    .select({ id: user.id, active: user.active })
    .from(user)
    .where(inArray(user.id, [...ids]))
  return new Set(rows.filter((row) => row.active).map((row) => row.id))
}

/** Open leads of somebody, by team: what has to go on to others before they leave. */
export function openLeadsOf(sql: Sql, userId: string): Promise<{ teamId: string; teamName: string | null; ids: number[] }[]> {
  return sql.query(
    `select h.team_id as "teamId", t.name as "teamName", json_agg(h.id order by h.id) as ids from handoff h left join team t on t.id = h.team_id
     where h.rep_id = $1 and h.state in ('assigned', 'accepted', 'sleeping') group by 1, 2 order by 2, 1`,
    [userId],
  )
}
