import {
  type Activity,
  type DeskQuery,
  deskDeeds,
  deskLeads,
  type Handle,
  type LeadLine,
  type LeadOpportunity,
  type LeadRow,
  lastActivities,
  opportunitiesOf,
  templateNames,
} from '@baton/db'
import { type LeadClock, leadClocks } from './clock.ts'
import { type Happening, happeningOf, type MailNames } from './timeline.ts'

/** The deal of a lead, in short. */
export interface Deal {
  id: string
  name: string
  stage: string
  amount: number | null
  currency: string | null
  /** YYYY-MM-DD. */
  closeOn: string | null
}

/** A row of the desk: the lead, its clock, what was tried and what the person did last. */
export interface DeskRow extends LeadRow {
  /** null: no level runs. */
  clock: LeadClock | null
  voicemails: { count: number; lastAt: number } | null
  /** The next meeting, or the one of today. */
  meetingAt: number | null
  deal: Deal | null
  /** What sales did last with it by hand. */
  deed: { kind: string; at: number } | null
  /** What the person did last; null: nothing lately. */
  latest: Happening | null
  /** They did something since sales did anything. */
  fresh: boolean
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** What is shown of an opportunity, whoever wrote it. */
export const dealOf = ({ id, data }: Pick<LeadOpportunity, 'id' | 'data'>): Deal => ({
  id,
  name: textOf(data.name) ?? 'Opportunity',
  stage: textOf(data.stage) ?? '',
  amount: typeof data.amount === 'number' ? data.amount : null,
  currency: textOf(data.currency),
  closeOn: textOf(data.close_date),
})

const OVER: ReadonlySet<LeadRow['state']> = new Set(['rejected', 'no-response', 'won', 'lost', 'closed', 'overflow'])
/** A meeting stays in the list until this long after it began. */
const MEETING_LASTS = 3_600_000

function rowOf(
  lead: LeadRow,
  found: { deeds: readonly LeadLine[]; activity: Activity | undefined; deal: LeadOpportunity | undefined; clock: LeadClock | null },
  { names, now, repSees }: { names: MailNames; now: number; repSees: boolean },
): DeskRow {
  const { deeds, activity, deal, clock } = found
  const voicemails = deeds.filter((line) => line.kind === 'voicemail')
  const meetings = deeds.flatMap((line) => (line.kind === 'meeting' && typeof line.data.startsAt === 'number' ? [line.data.startsAt] : []))
  const coming = meetings.filter((at) => at > now - MEETING_LASTS).sort((a, b) => a - b)
  const last = deeds.at(-1)
  // What somebody does is told only while the lead is open: a rep's access ends with it.
  const shown = OVER.has(lead.state) && repSees ? undefined : activity
  const latest =
    shown === undefined
      ? null
      : happeningOf({ id: shown.id, type: shown.type, props: shown.props, occurredAt: shown.at, machine: false }, names)
  const touched = Math.max(lead.since, last?.at ?? 0)
  return {
    ...lead,
    clock,
    voicemails: voicemails.length === 0 ? null : { count: voicemails.length, lastAt: voicemails.at(-1)?.at ?? 0 },
    meetingAt: coming[0] ?? null,
    deal: deal ? dealOf(deal) : null,
    deed: last ? { kind: last.kind, at: last.at } : null,
    latest,
    fresh: latest !== null && !OVER.has(lead.state) && latest.at > touched,
  }
}

/** The leads that somebody may see, as rows. */
export async function deskRows(db: Handle, query: DeskQuery): Promise<DeskRow[]> {
  const { now } = query
  const leads = await deskLeads(db, query)
  const open = leads.filter((lead) => !OVER.has(lead.state))
  const deeds = new Map<number, LeadLine[]>()
  for (const line of await deskDeeds(db, leads)) deeds.set(line.handoffId, [...(deeds.get(line.handoffId) ?? []), line])
  const activities = new Map(
    (
      await lastActivities(
        db,
        open.map((lead) => lead.contactId),
        now,
      )
    ).map((one) => [one.contactId, one]),
  )
  const deals = new Map((await opportunitiesOf(db, leads)).map((one) => [`${one.contactId}/${one.id}`, one]))
  const clocks = await leadClocks(db, leads, now)
  const names: MailNames = { byKey: new Map(), byTemplate: await templateNames(db) }
  const repSees = 'repId' in query.scope
  return leads.map((lead) =>
    rowOf(
      lead,
      {
        deeds: deeds.get(lead.id) ?? [],
        activity: activities.get(lead.contactId),
        deal: deals.get(`${lead.contactId}/${lead.opportunityId}`),
        clock: clocks.get(lead.id) ?? null,
      },
      { names, now, repSees },
    ),
  )
}
