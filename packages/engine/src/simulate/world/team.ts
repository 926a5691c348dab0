import {
  BusinessHoursSchema,
  businessCalendar,
  type LeadOwner,
  type LeadTerritory,
  leadOwners,
  type Rep,
  type WorkingCalendar,
} from '@baton/leads'
import { z } from 'zod'
import type { Catalog } from '../../catalog.ts'
import { compileCondition } from '../../condition/compile.ts'
import type { CompiledCondition } from '../../condition/compiled.ts'
import { condition } from '../../condition/schema.ts'
import type { ContactState } from '../../state/contact.ts'
import type { Instant } from '../../state/person.ts'

export interface SalesRep extends Rep {
  name: string
  /** By which records name them; absent: by their id alone. */
  email?: string | undefined
  /** When this rep works; absent: when the team does. */
  hours?: WorkingCalendar | undefined
  /** What they carry when it begins; absent: nothing. */
  carries?: Carried | undefined
}

/** What a rep carries: leads that wait for an answer, and the turns of the rotation. As the router keeps it. */
export type Carried = z.infer<typeof carried>

/** People whose leads go to some of a team's reps. */
export interface SalesTerritory {
  id: string
  name: string
  repIds: readonly string[]
  fits: CompiledCondition
}

/** A team of sales as a simulation sees it. */
export interface SalesTeam {
  id: string
  reps: readonly SalesRep[]
  /** When it works; null: always. */
  hours: WorkingCalendar | null
  /** For how many working minutes a lead may wait for somebody where its contract does not say; null: for ever. */
  queueMinutes: number | null
  /** How many leads wait for somebody when it begins; absent: none. */
  waiting?: number | undefined
  /** In the order in which they are tried; absent: none. */
  territories?: readonly SalesTerritory[] | undefined
}

const id = z.string().min(1).max(64)
const instant = z.int().min(0).max(8.64e15)

const carried = z.object({
  open: z.int().min(0),
  count: z.number().min(0),
  credit: z.number(),
  creditAt: instant.nullable(),
  present: z.boolean(),
  lastAt: instant.nullable(),
})

/** What is known of a team, as data: it is stored with a simulation and travels to whoever plays it. Why somebody is away is nobody's business. */
export const teamFacts = z.object({
  id,
  name: z.string().max(200),
  /** null: at all hours. A calendar without a zone is read in the workspace's. */
  hours: BusinessHoursSchema.nullable(),
  queueMinutes: z.number().min(0).nullable(),
  /** Within how many working minutes a lead is to be answered where its contract does not say; null: nothing is promised. */
  levelMinutes: z.number().min(0).nullable(),
  reps: z
    .array(
      z.object({
        ...{ id, name: z.string().max(200), weight: z.number().min(0), cap: z.number().nullable(), active: z.boolean() },
        email: z.string().max(320).optional(),
        absences: z.array(z.object({ from: instant, to: instant })).max(1000),
        /** null: the team's. */
        hours: BusinessHoursSchema.nullable(),
        carries: carried.optional(),
      }),
    )
    .max(1000),
  waiting: z.int().min(0).optional(),
  /** In the order in which they are tried. */
  territories: z.array(z.object({ id, name: z.string().max(200), repIds: z.array(id).max(1000), condition })).max(200),
})
export type TeamFacts = z.infer<typeof teamFacts>

/** A team made ready to take leads. A territory that cannot be read any more fits nobody, as in a real run. */
export function teamOf(facts: TeamFacts, catalog: Catalog): SalesTeam & { name: string; levelMinutes: number | null } {
  const hoursOf = (hours: TeamFacts['hours']) => (hours === null ? null : businessCalendar(hours)(catalog.workspaceZone))
  return {
    ...facts,
    hours: hoursOf(facts.hours),
    reps: facts.reps.map(({ hours, ...rep }) => ({ ...rep, hours: hoursOf(hours) ?? undefined })),
    territories: facts.territories.flatMap(({ condition: when, ...it }): SalesTerritory[] => {
      const made = compileCondition(when, catalog, 'segment')
      return 'ok' in made ? [{ ...it, fits: made.ok }] : []
    }),
  }
}

/** What the router asks of a contact before anybody's turn. */
export interface AskedFirst {
  owners: readonly LeadOwner[]
  territory: LeadTerritory | null
}

/** Whose a lead of this contact would be before the rotation: by their records, and by the first territory that fits. S-45. */
export function askedFirst({ reps, territories = [] }: SalesTeam, state: ContactState | undefined, now: Instant): AskedFirst {
  if (!state) return NOBODY
  const owners = state.related.length === 0 ? [] : leadOwners(state.related, reps)
  const found = territories.find((it) => it.fits.evaluate({ now, state, enteredAt: null }).truth === true)
  return { owners, territory: found ? { id: found.id, name: found.name, repIds: found.repIds } : null }
}

const NOBODY: AskedFirst = { owners: [], territory: null }
