import { asc, eq, inArray } from 'drizzle-orm'
import { newId } from '../ids.ts'
import type { Sql } from '../open/handle.ts'
import { user } from '../schema/auth.ts'
import { handoff } from '../schema/handoff.ts'
import { team, teamMember } from '../schema/team.ts'
import { bumpPlan } from './plan.ts'

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
}

export interface TeamRow {
  id: string
  name: string
  createdAt: number
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
    })
    .from(teamMember)
    .innerJoin(user, eq(user.id, teamMember.userId))
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
  members: readonly { userId: string; weight: number; cap: number | null; active: boolean }[]
  at: number
}

/** Makes a team, or replaces its name and members. @returns its id; undefined when there is no such team */
export async function saveTeam(tx: Sql, { id, name, members, at }: TeamChange): Promise<string | undefined> {
  const teamId = id ?? newId('team')
  if (id === undefined) await tx.db.insert(team).values({ id: teamId, name, createdAt: at })
  else {
    const found = await tx.db.update(team).set({ name }).where(eq(team.id, id)).returning({ id: team.id })
    if (found.length === 0) return undefined
  }
  await tx.db.delete(teamMember).where(eq(teamMember.teamId, teamId))
  await bumpPlan(tx)
  if (members.length > 0) await tx.db.insert(teamMember).values(members.map((member) => ({ teamId, ...member })))
  return teamId
}

const OPEN = ['routing', 'queued', 'assigned', 'accepted'] as const

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
