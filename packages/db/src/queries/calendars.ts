import type { BusinessHours } from '@baton/leads'
import { newId } from '../ids.ts'
import type { Sql } from '../open/handle.ts'
import { bumpPlan } from './plan.ts'

/** A business calendar of the workspace. */
export interface CalendarRow extends BusinessHours {
  id: string
  name: string
  /** Where its holidays were taken from (ISO 3166), for the next years'. */
  country: string | null
  region: string | null
  /** Grows with every change, so that two people cannot overwrite each other. */
  rev: number
  updatedAt: number
  updatedBy: string | null
}

const columns = `c.id, c.name, c.zone, c.hours, c.holidays, c.country, c.region, c.rev, c.updated_at as "updatedAt", u.name as "updatedBy"`
const from = `from calendar c left join "user" u on u.id = c.updated_by`

/** Every calendar, by name. */
export const listCalendars = (sql: Sql): Promise<CalendarRow[]> => sql.query<CalendarRow>(`select ${columns} ${from} order by c.name, c.id`)

export async function calendarById(sql: Sql, id: string): Promise<CalendarRow | undefined> {
  const [row] = await sql.query<CalendarRow>(`select ${columns} ${from} where c.id = $1`, [id])
  return row
}

export interface CalendarChange extends BusinessHours {
  /** Absent: a new one. `rev` is the one that was read. */
  id?: { id: string; rev: number } | undefined
  name: string
  country: string | null
  region: string | null
  by: { id: string }
  at: number
}

/** Makes a calendar or changes one; waits read it anew at their next turn. @returns its id, or why not */
export async function saveCalendar(tx: Sql, change: CalendarChange): Promise<{ id: string } | 'unknown' | 'changed' | 'name-taken'> {
  const id = change.id?.id ?? newId('cal')
  const same = await tx.query('select 1 from calendar where lower(name) = lower($1) and id <> $2', [change.name, id])
  if (same.length > 0) return 'name-taken'
  const holidays = [...change.holidays].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
  const hours = Object.fromEntries(Object.entries(change.hours).filter(([, windows]) => windows.length > 0))
  const values = [id, change.name, change.zone, JSON.stringify(hours), JSON.stringify(holidays), change.country, change.region]
  if (!change.id) {
    await tx.query(
      `insert into calendar (id, name, zone, hours, holidays, country, region, created_by, created_at, updated_by, updated_at)
       values ($1, $2, $3, $4::jsonb, $5::jsonb, $6, $7, $8, $9, $8, $9)`,
      [...values, change.by.id, change.at],
    )
  } else {
    const [found] = await tx.query<{ rev: number }>('select rev from calendar where id = $1 for update', [id])
    if (!found) return 'unknown'
    if (found.rev !== change.id.rev) return 'changed'
    await tx.query(
      `update calendar set name = $2, zone = $3, hours = $4::jsonb, holidays = $5::jsonb, country = $6, region = $7, rev = rev + 1,
         updated_by = $8, updated_at = $9 where id = $1`,
      [...values, change.by.id, change.at],
    )
  }
  await bumpPlan(tx)
  return { id }
}

/** Removes a calendar. The caller has made sure that nothing uses it. @returns its name */
export async function removeCalendar(tx: Sql, id: string): Promise<string | undefined> {
  const [row] = await tx.query<{ name: string }>('delete from calendar where id = $1 returning name', [id])
  if (row) await bumpPlan(tx)
  return row?.name
}
