import type { MailTransport } from '@baton/connect'
import {
  addNotifications,
  type ClaimedEffect,
  type EffectSettlement,
  type Handle,
  type LeadNews,
  type LeadNoteFacts,
  leadNews,
  leadNoteFacts,
  movedTo,
  notifyChoice,
  teamHours,
  userById,
  workspaceSettings,
} from '@baton/db'
import { z } from 'zod'
import { sendLetter } from '../deliver/letter.ts'

/** What the telling of users needs. */
export interface NotifyPorts {
  handle: Handle
  transport: MailTransport | null
  now(): number
  /** The public address, for the link to the person. */
  baseUrl: string
}

/** A note about a lead, as `tellOfLeads` asks for it. */
const leadNote = z.object({
  lead: z.number().int().positive(),
  what: z.enum(leadNews),
  to: z.object({ kind: z.literal('user'), id: z.string() }),
  email: z.boolean(),
  data: z.object({
    repName: z.string().nullish(),
    why: z.string().nullish(),
    next: z.string().nullish(),
    /** Of what a manager did by hand: who, to whom it went, why, and how many leads more were moved with it. */
    by: z.string().nullish(),
    to: z.string().nullish(),
    note: z.string().nullish(),
    more: z.number().nullish(),
    /** How many leads of the person nobody took within an hour. */
    overflowed: z.number().nullish(),
  }),
})
export type LeadNote = z.infer<typeof leadNote>

/** The note about a lead in an effect; undefined where it is a note of a step. */
export function leadNoteIn({ payload }: ClaimedEffect): LeadNote | undefined {
  return leadNote.safeParse(payload).data
}

const NEXT: Readonly<Record<string, string>> = {
  again: 'It goes to somebody else of the team.',
  manager: 'It waits for your decision.',
  marketing: 'It goes back to marketing.',
}

/** What the bell and the subject of the mail say. */
export function leadWords(what: LeadNews, lead: LeadNoteFacts, data: LeadNote['data'], by: string | null): string {
  const who = lead.company === null ? lead.name : `${lead.name} (${lead.company})`
  const until = by === null ? '' : ` Answer by ${by}.`
  const manager = data.by ?? 'A manager'
  const more = data.more ? ` and ${data.more === 1 ? '1 more lead' : `${data.more} more leads`}` : ''
  const why = data.note ? ` Why: ${data.note}${/[.!?]$/.test(data.note) ? '' : '.'}` : ''
  switch (what) {
    case 'assigned':
      return `New lead: ${who}.${until}`
    case 'resumed':
      return `Try again: ${who}.${until}`
    case 'joined':
      return `${who} asked again${data.why ? `: ${data.why}` : '.'}`
    case 'reminded':
      return `${who} still waits for you.${until}`
    case 'taken':
      return `${who} was not worked in time, so the lead was taken back.`
    case 'breached':
      return `${data.repName ?? 'A rep'} did not work ${who} in time. ${NEXT[data.next ?? ''] ?? ''}`.trim()
    case 'escalated':
      return data.overflowed
        ? `${who} waits for you: handed over ${data.overflowed} times within an hour, and nobody of the team could take it. Flows that begin by what sales does hand over in a circle.`
        : `${who} waits for you: nobody of the team took the lead.`
    case 'no-hours':
      return `${who} has no deadline: ${lead.repName ?? 'the rep'} has no working hours. Choose a calendar for the team.`
    case 'moved-here':
      return `${manager} gave you ${who}${more}.${why}${until}`
    case 'moved-on':
      return `${manager} ${data.to ? `gave ${who}${more} to ${data.to}` : `took ${who}${more} from you`}.${why}`
    case 'to-marketing':
      return `${manager} gave ${who}${more} back to marketing.${why}`
    case 'quiet':
      return `Nothing happened with ${who} for long, so the deal was taken back.`
  }
}

/** A moment as its reader's wall and calendar show it, put together here: runtimes differ in their commas. */
function clockIn(at: number, timeZone: string): string {
  const style = {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  } as const
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en-GB', style).formatToParts(at).map((it) => [it.type, it.value]))
  return `${parts.weekday} ${parts.day} ${parts.month}, ${parts.hour}:${parts.minute}`
}

/** Notes that matter only while the lead is as it was: whoever has it no more is not told to hurry. */
const ONLY_OWN: ReadonlySet<LeadNews> = new Set<LeadNews>(['assigned', 'resumed', 'reminded', 'moved-here'])

/**
 * Tells somebody of sales about a lead: in the bell, and by e-mail where that is wanted at once. The bell is written once; a mail after a
 * crash may come twice.
 */
export async function deliverLeadNote(effect: ClaimedEffect, note: LeadNote, ports: NotifyPorts): Promise<EffectSettlement> {
  const { handle, transport, baseUrl } = ports
  const reader = await userById(handle, note.to.id)
  const id = (await movedTo(handle, note.lead)) ?? note.lead
  const lead = await leadNoteFacts(handle, id)
  if (!lead || !reader?.active || (ONLY_OWN.has(note.what) && lead.repId !== reader.id)) return over(effect, 'done', null)
  const settings = await workspaceSettings(handle)
  const calendar = (await teamHours(handle, [lead.teamId]))(lead.teamId, reader.id)
  const by = lead.deadline === null ? null : clockIn(lead.deadline, calendar.zone)
  const text = leadWords(note.what, lead, { ...note.data, more: null }, by)
  const subject = leadWords(note.what, lead, note.data, by)
  const toMail = (await notifyChoice(handle, reader.id)) !== 'at-once'
  await addNotifications(handle, [
    { id: effect.key, userId: reader.id, at: effect.at, text, contactId: lead.contactId, flowId: effect.flowId, leadId: id, toMail },
  ])
  if (!note.email || toMail) return over(effect, 'done', null)
  if (!transport) return over(effect, 'done', 'There is no mail server, so it stands in the bell only. Set SMTP_URL to send e-mail.')
  const body = [subject, lead.why === '' ? null : `Why: ${lead.why}`, `${baseUrl}/desk/${id}`].filter((it) => it !== null).join('\n\n')
  const sent = await sendLetter({ to: reader, subject, text: body }, { transport, settings, at: ports.now() })
  return over(effect, 'done', sent.result === 'failed' ? sent.why : null)
}

const over = ({ bucket, id, contactId, key }: ClaimedEffect, status: 'done' | 'failed', error: string | null): EffectSettlement => ({
  ...{ bucket, id, contactId, key, status, error },
  ...{ nextAttemptAt: null, answer: null, news: null },
})
