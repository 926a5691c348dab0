import {
  agreementRow,
  type ContactHistory,
  contactHistory,
  contactProfile,
  deskLead,
  isSigned,
  type Lead,
  leadDraft,
  leadLog,
  listFields,
  opportunitiesOf,
  type Profile,
  scopeOf,
  workspaceSettings,
} from '@baton/db'
import { DEAL_STAGES, LOSS_REASONS, NEEDS_NOTE, reasonsWith, zoneOfCountry } from '@baton/leads'
import type { SignedIn } from '../context.ts'
import { fail } from '../errors.ts'
import { leadClocks } from './clock.ts'
import { companyShown } from './company.ts'
import { leftWords } from './left.ts'
import { mayWrite } from './mail.ts'
import { nextSteps } from './next-step.ts'
import { dealOf } from './rows.ts'
import { causeNames, shownScores } from './scores.ts'
import { timelineOf } from './timeline.ts'

const GONE = 'This lead is not yours, or not there any more. Go back to the list.'

const OPEN: ReadonlySet<Lead['state']> = new Set(['assigned', 'accepted', 'sleeping'])

/** The lead, where this person may see it. @throws NOT_FOUND, with what became of it for whoever had it */
export async function mustSee(ctx: SignedIn, id: number): Promise<Lead> {
  const lead = await deskLead(ctx.db, { id, scope: scopeOf(ctx.user) })
  if (!lead) throw fail('NOT_FOUND', (await leftWords(ctx, id)) ?? GONE)
  return lead
}

/** Who may still see what the person does: the rep while the hand-off is open, others always. */
const contactShown = (ctx: SignedIn, lead: Lead) => !('repId' in scopeOf(ctx.user)) || OPEN.has(lead.state)

/** The fields that travelled with the lead, by the names the workspace gives them. */
async function packetFields(ctx: SignedIn, { packet }: Lead): Promise<{ label: string; value: unknown }[]> {
  const labels = new Map((await listFields(ctx.db)).map((field) => [field.key, field.label]))
  return Object.entries(packet.fields).map(([key, value]) => ({ label: labels.get(key) ?? key, value }))
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

const card = ({ fields, consent, suppressed, zone, stage, ownerSide }: Profile) => ({
  ...{ email: textOf(fields.email), phone: textOf(fields.phone), jobTitle: textOf(fields.job_title), country: textOf(fields.country) },
  city: textOf(fields.city),
  // Where it is there decides when to call: the country's clock will do when it has only one.
  ...{ zone: zone ?? zoneOfCountry(textOf(fields.country) ?? '') ?? null, stage, ownerSide },
  consent: consent.marketing === true,
  suppressed,
})

/** A time before at which this person was with sales. */
const earlierOf = (history: ContactHistory, lead: Lead, flows: ReadonlyMap<string, string>) =>
  history.handoffs
    .filter((one) => one.id !== lead.id)
    .map((one) => ({
      ...{ id: one.id, at: one.createdAt, state: one.state, teamName: one.teamName, repName: one.repName },
      ...{ flowName: flows.get(one.flowId) ?? null, why: one.rejectReason, note: one.rejectNote },
    }))

/** What a person may see of the contact: nothing once the hand-off is over, for a rep. */
async function contactOf(ctx: SignedIn, lead: Lead) {
  if (!contactShown(ctx, lead)) return null
  const scope = scopeOf(ctx.user)
  const profile = await contactProfile(ctx.db, { id: lead.contactId, scope })
  if (!profile) return null
  const history = await contactHistory(ctx.db, lead.contactId)
  const flows = new Map(history.passages.map((passage) => [passage.flowId, passage.flowName]))
  if (lead.flowName !== null) flows.set(lead.flowId, lead.flowName)
  const { dimensions } = await workspaceSettings(ctx.db)
  const now = ctx.clock.now()
  return {
    ...card(profile),
    scores: shownScores(history.ledger, dimensions, await causeNames(ctx.db, history.ledger), now),
    happenings: timelineOf(history, await leadLog(ctx.db, lead.contactId), flows, profile.createdAt),
    earlier: earlierOf(history, lead, flows),
    company: await companyShown(ctx.db, { contactId: lead.contactId, scope, now }),
  }
}

/** Own notes stay when access has ended. */
async function ownNotes(ctx: SignedIn, lead: Lead) {
  const log = await leadLog(ctx.db, lead.contactId)
  return log.flatMap((line) =>
    line.handoffId === lead.id && line.byId === ctx.user.id && typeof line.data.note === 'string' && line.data.note !== ''
      ? [{ id: line.id, at: line.at, note: line.data.note }]
      : [],
  )
}

/** What the lead qualified under: the version that was in force, its thresholds in hundredths, and whether both sides stand by it. */
async function agreementOf(ctx: SignedIn, { agreementId, agreementVersion }: Lead) {
  const row = agreementId === null ? undefined : await agreementRow(ctx.db, agreementId)
  const version = row?.versions.find((one) => one.version === agreementVersion)
  if (!row || !version) return null
  const thresholds = version.content.thresholds.map(({ dimension, atLeast }) => ({ dimension, atLeast: Math.round(atLeast * 100) }))
  return { id: row.id, name: row.name, version: version.version, signed: isSigned(version), thresholds }
}

/** A lead with the person behind it; `contact` is null for a rep once the hand-off is over. */
export async function leadShown(ctx: SignedIn, id: number) {
  const lead = await mustSee(ctx, id)
  const { packet, flowId, version, node, contract, key: _, ...shown } = lead
  const now = ctx.clock.now()
  const contact = await contactOf(ctx, lead)
  const open = contact !== null && OPEN.has(lead.state)
  const after = await nextSteps(ctx.db, { flowId, version, node })
  const [deal] = await opportunitiesOf(ctx.db, [lead])
  return {
    ...shown,
    note: packet.note,
    clock: (await leadClocks(ctx.db, [lead], now)).get(id) ?? null,
    /** How many voicemails the loop allows; null: there is none. */
    voicemails: contract.voicemail?.attempts ?? null,
    agreement: await agreementOf(ctx, lead),
    deal: deal && contact ? dealOf(deal) : null,
    contact,
    packetFields: contact && (await packetFields(ctx, lead)),
    ownNotes: contact ? [] : await ownNotes(ctx, lead),
    mail: open ? await mayWrite(ctx, ctx.db, lead.contactId) : null,
    draft: open ? ((await leadDraft(ctx.db, { handoffId: id, userId: ctx.user.id })) ?? null) : null,
    reasons: reasonsWith(after.ways),
    lossReasons: LOSS_REASONS,
    stages: DEAL_STAGES,
    needsNote: NEEDS_NOTE,
    after: open ? after : null,
  }
}
