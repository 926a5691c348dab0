import {
  gateFacts,
  type RepMail,
  repMailsOfDay,
  repSettings,
  type Sql,
  sendingOf,
  type WorkspaceSettings,
  workspaceSettings,
} from '@baton/db'
import { type GateTrace, gate, MARKETING_TOPIC, opensAt, zoneOf } from '@baton/engine'
import type { SignedIn } from '../context.ts'

/** Whether a rep may write to somebody now: by the same gate as every mail. */
export interface MayWrite {
  /** `limit`: the rep's own mails of the day are used up. */
  verdict: GateTrace['verdict'] | 'gone' | 'limit' | 'no-sender'
  /** When it may go by time alone; null: not by time, or at once. */
  opensAt: number | null
  /** The zone of the person's quiet hours. */
  zone: string | null
  /** Mails that the rep may still write in these 24 hours. */
  left: number
  limit: number
  from: { address: string; name: string }
  replyTo: { address: string; name: string } | null
  signature: string
}

const domainOf = (address: string) => address.split('@').at(-1)?.toLowerCase() ?? ''

/**
 * Whom a rep's mail comes from: the rep, by the rep's own address. Where that is of another domain than the workspace's sender, a mailbox
 * would take it for forged, so it goes out under the workspace's address with the rep's name, and answers go to the rep.
 */
export function senderOf(
  rep: { name: string; email: string },
  chosen: { fromName: string | null; replyTo: string | null },
  { senderAddress }: Pick<WorkspaceSettings, 'senderAddress'>,
): Pick<RepMail, 'from' | 'replyTo'> {
  const name = chosen.fromName ?? rep.name
  const own = domainOf(rep.email) === domainOf(senderAddress)
  const from = { address: own ? rep.email : senderAddress, name }
  const answers = chosen.replyTo ?? rep.email
  return { from, replyTo: answers === from.address ? null : { address: answers, name } }
}

/**
 * Asks the gate for a rep's mail: marketing's hold does not concern it, everything else does.
 * @param written mails of this rep that are in the log already and not to be counted
 */
export async function mayWrite(
  { user, clock }: Pick<SignedIn, 'user' | 'clock'>,
  sql: Sql,
  contactId: number,
  written = 0,
): Promise<MayWrite> {
  const now = clock.now()
  const settings = await workspaceSettings(sql)
  const own = await repSettings(sql, user.id)
  const left = Math.max(0, own.mailsADay - (await repMailsOfDay(sql, user.id, now)) + written)
  const shared = { left, limit: own.mailsADay, signature: own.signature, ...senderOf(user, own, settings), opensAt: null, zone: null }
  if (settings.senderAddress === '' || settings.postalAddress === '') return { ...shared, verdict: 'no-sender' }
  const facts = await gateFacts(sql, contactId, now)
  if (!facts) return { ...shared, verdict: 'gone' }
  const { person, company, sends } = facts
  const zone = zoneOf(person, settings.zone, company ? [company] : [])
  const trace = gate(
    { now, state: { person, sends }, zone, sending: sendingOf(settings) },
    { templateId: '', purpose: 'marketing', topic: MARKETING_TOPIC, onSalesBehalf: true, again: { when: 'always' } },
  )
  const { verdict, ...seen } = trace
  if (verdict !== 'pass') return { ...shared, verdict, opensAt: opensAt(seen), zone: zone.zone }
  return { ...shared, verdict: left === 0 ? 'limit' : 'pass', zone: zone.zone }
}

/** Why nothing goes, in words that say what to do; quiet hours only put it off. */
export function refusalOf({ verdict, opensAt: opens, limit, left }: MayWrite, name: string): string | null {
  const when = opens === null ? '' : ` It may go from ${new Date(opens).toISOString().slice(0, 16).replace('T', ' ')} UTC.`
  const used = `You wrote ${limit} mails to leads in 24 hours, which is the most. Go on tomorrow, or call.`
  switch (verdict) {
    case 'pass':
    case 'quiet':
      return left === 0 ? used : null
    case 'no-address':
      return `${name} has no e-mail address. Call instead.`
    case 'suppressed':
      return `Mail to ${name} is stopped. Call instead.`
    case 'no-consent':
      return `${name} has not agreed to mail. Call, and ask.`
    case 'capped':
      return `${name} got as many mails as the workspace allows in so short a time.${when} Call instead.`
    case 'already-had':
      return `${name} had this already.`
    case 'marketing-hold':
      return `${name} gets no mail at this moment.`
    case 'limit':
      return used
    case 'gone':
      return `${name} is not there any more. Go back to the list.`
    case 'no-sender':
      return 'The workspace has no sender or postal address yet. Ask an admin to enter them under Settings, Workspace.'
  }
}
