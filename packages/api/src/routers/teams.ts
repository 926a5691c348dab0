import {
  appendAudit,
  calendarById,
  coverTerritories,
  listTeams,
  listTerritories,
  openLeadsOf,
  orderTerritories,
  removeTerritory,
  routingTable,
  type Sql,
  saveTerritory,
  setDigest,
  type TeamRow,
  workspaceSettings,
} from '@baton/db'
import { type Catalog, type Condition, condition, conditionSentence, resolveCondition } from '@baton/engine'
import { lastReport, WeeklyTimeSchema } from '@baton/leads'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { currentCatalog } from '../flows/catalog.ts'
import { nextLeads } from '../teams/next.ts'
import { procedureFor, router } from '../trpc.ts'

const reader = procedureFor('admin', 'marketer', 'sales_manager', 'reviewer')
const lead = procedureFor('admin', 'sales_manager')

const id = z.string().min(1).max(64)
/** More of them are a list of addresses, not territories; each pair of them is compared. */
const MOST_TERRITORIES = 24
const NEXT = 6
/** How long one portion of counting may hold up a database with one connection, in ms. */
const PORTION = 250

const territory = z.object({
  id: id.optional(),
  teamId: id,
  name: z.string().trim().min(1, 'Write a name for the territory.').max(100, 'The name is longer than 100 letters. Shorten it.'),
  condition,
  repIds: z.array(id).max(200),
})

const digest = WeeklyTimeSchema.extend({
  recipients: z
    .array(z.email('That is not an e-mail address. Write it as name@example.com.'))
    .min(1, 'Write at least one address, or turn the mail off.')
    .max(20, 'A report goes to at most 20 addresses.'),
})

const gone = () => fail('NOT_FOUND', 'This team was removed meanwhile. Reload the page.')

async function teamOf(sql: Sql, teamId: string): Promise<TeamRow> {
  const found = (await listTeams(sql)).find((one) => one.id === teamId)
  if (!found) throw gone()
  return found
}

/** @throws BAD_REQUEST naming the first problem of a condition and what to do about it */
function mustFit(source: Condition, catalog: Catalog): void {
  const resolved = resolveCondition(source, catalog, 'segment')
  if ('issues' in resolved) throw fail('BAD_REQUEST', resolved.issues[0]?.say ?? 'The condition is not complete.')
}

/** How teams take leads: who is next, who covers what, when the weekly report goes out. Names and members: `workspace.saveTeam`. */
export const teamsRouter = router({
  /** One team with its territories in words, and the calendar it works by. */
  one: reader.input(z.object({ id })).query(async ({ ctx, input }) => {
    const team = await teamOf(ctx.db, input.id)
    const catalog = await currentCatalog(ctx.db)
    const territories = (await listTerritories(ctx.db, team.id)).map((it) => ({
      ...it,
      sentence: conditionSentence(it.condition, catalog),
      issue: issueOf(it.condition, catalog),
    }))
    const calendar = team.calendarId === null ? undefined : await calendarById(ctx.db, team.calendarId)
    const { zone } = await workspaceSettings(ctx.db)
    const hours = calendar ? Object.values(calendar.hours).flat().length : 1
    return { ...team, territories, calendarName: calendar?.name ?? null, closed: hours === 0, zone }
  }),

  /** Who would get the next leads that no owner and no territory claims, and why: by the router that gives them out. */
  next: reader.input(z.object({ id })).query(async ({ ctx, input }) => {
    await teamOf(ctx.db, input.id)
    const now = ctx.clock.now()
    const { reps, load } = await routingTable(ctx.db, input.id, now)
    const names = Object.fromEntries(reps.map((rep) => [rep.id, rep.name]))
    return { names, next: nextLeads(input.id, reps, load, now, NEXT) }
  }),

  /** Open leads of somebody by team: what has to be handed on before they leave a team or are deactivated. */
  openLeads: lead.input(z.object({ userId: id })).query(async ({ ctx, input }) => {
    const leads = await openLeadsOf(ctx.db, input.userId)
    return leads.map(({ teamId, teamName, ids }) => ({ teamId, teamName, count: ids.length }))
  }),

  saveTerritory: lead.input(territory).mutation(async ({ ctx, input }) => {
    const team = await teamOf(ctx.db, input.teamId)
    mustFit(input.condition, await currentCatalog(ctx.db))
    const at = ctx.clock.now()
    const kept = await ctx.db.transaction(async (tx) => {
      const others = (await listTerritories(tx, team.id)).filter((it) => it.id !== input.id)
      if (others.length >= MOST_TERRITORIES)
        throw fail('BAD_REQUEST', `A team has at most ${MOST_TERRITORIES} territories. Put some together.`)
      if (others.some((it) => it.name.toLowerCase() === input.name.toLowerCase()))
        throw fail('CONFLICT', `There is a territory “${input.name}” already. Choose another name.`)
      const saved = await saveTerritory(tx, { ...input, by: ctx.user, at })
      if (saved === undefined) throw fail('NOT_FOUND', 'This territory was removed meanwhile. Reload the page.')
      const action = input.id === undefined ? 'territory.made' : 'territory.changed'
      const detail = { team: team.name, name: input.name, repIds: input.repIds }
      await appendAudit(tx, { at, actor: ctx.user, action, subject: { kind: 'team', id: team.id }, detail })
      return saved
    })
    ctx.services.nudge()
    return { id: kept }
  }),

  /** Territories are tried in this order; the first that fits gets the lead. */
  orderTerritories: lead.input(z.object({ teamId: id, ids: z.array(id).max(MOST_TERRITORIES) })).mutation(async ({ ctx, input }) => {
    await ctx.db.transaction(async (tx) => {
      if (!(await orderTerritories(tx, input.teamId, input.ids)))
        throw fail('CONFLICT', 'Somebody added or removed a territory meanwhile. Reload the page, then order them again.')
      const names = (await listTerritories(tx, input.teamId)).map((it) => it.name)
      const subject = { kind: 'team', id: input.teamId }
      await appendAudit(tx, { at: ctx.clock.now(), actor: ctx.user, action: 'territory.ordered', subject, detail: { names } })
    })
    ctx.services.nudge()
  }),

  removeTerritory: lead.input(z.object({ teamId: id, id })).mutation(async ({ ctx, input }) => {
    await ctx.db.transaction(async (tx) => {
      const name = await removeTerritory(tx, input.id)
      if (name === undefined) throw fail('NOT_FOUND', 'This territory was removed already. Reload the page.')
      const subject = { kind: 'team', id: input.teamId }
      await appendAudit(tx, { at: ctx.clock.now(), actor: ctx.user, action: 'territory.removed', subject, detail: { name } })
    })
    ctx.services.nudge()
  }),

  /** How many people and open leads come to each territory, and which fit the same people. `next` is where to go on (`cursor`), null at the end. */
  coverage: reader.input(z.object({ id, cursor: z.int().min(0).max(1023).nullish() })).query(async ({ ctx, input }) => {
    const territories = await listTerritories(ctx.db, input.id)
    const asked = { teamId: input.id, territories, catalog: await currentCatalog(ctx.db), now: ctx.clock.now() }
    return coverTerritories(ctx.db, asked, { from: input.cursor ?? 0, ms: PORTION })
  }),

  /** When and to whom the weekly report is mailed; null: to nobody. What was due before is not made up. */
  setDigest: lead.input(z.object({ id, digest: digest.nullable() })).mutation(async ({ ctx, input }) => {
    const at = ctx.clock.now()
    await ctx.db.transaction(async (tx) => {
      const team = await teamOf(tx, input.id)
      const recipients = [...new Set(input.digest?.recipients.map((it) => it.trim().toLowerCase()))]
      const same = input.digest && team.digest?.weekday === input.digest.weekday && team.digest.time === input.digest.time
      const kept = { since: same ? (team.digest?.since ?? at) : at, done: team.digest?.done ?? null }
      await setDigest(tx, team.id, input.digest && { ...input.digest, recipients, ...kept })
      const subject = { kind: 'team', id: team.id }
      await appendAudit(tx, { at, actor: ctx.user, action: 'team.digest', subject, detail: { name: team.name, digest: input.digest } })
    })
    const { zone } = await workspaceSettings(ctx.db)
    return { last: input.digest && lastReport(input.digest, zone, at).dueAt }
  }),
})

/** What keeps a condition from being asked: a field that is gone, and the like; null: nothing. */
function issueOf(source: Condition, catalog: Catalog): string | null {
  const resolved = resolveCondition(source, catalog, 'segment')
  return 'issues' in resolved ? (resolved.issues[0]?.say ?? 'The condition is not complete.') : null
}
