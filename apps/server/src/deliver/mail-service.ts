import { randomBytes } from 'node:crypto'
import type { Clock, Mail, Preview, SeenAs, Shown, TextCheck } from '@baton/api'
import {
  type CompiledTemplate,
  type MailTransport,
  renderMail,
  starterTemplates,
  type TemplateSource,
  unknownVariables,
} from '@baton/connect'
import {
  addTestMail,
  companyOf,
  dispatchFacts,
  type Handle,
  listFields,
  type MailEnvelope,
  personById,
  type WorkspaceSettings,
  workspaceSettings,
} from '@baton/db'
import { MARKETING_TOPIC, type Person, zoneOf } from '@baton/engine'
import { mailAddresses, NOBODY } from './addresses.ts'
import type { Delivery } from './delivery.ts'
import { sendLetter, whyNotSent } from './letter.ts'
import { compose, headersOf, type Message, messageIdOf } from './message.ts'
import { missingSetting, prepare } from './prepare.ts'
import type { Templates } from './templates.ts'

export interface MailServiceParts {
  db: Handle
  clock: Clock
  templates: Templates
  /** null: no mail server, tests are kept in the Outbox too. */
  transport: MailTransport | null
  baseUrl: string
  delivery: Pick<Delivery, 'nudge'>
}

const NO_ADDRESS = 'No postal address is set. Marketing mail waits until it is entered under Settings, Workspace.'
/** Stands in a preview where the address will be. */
const ADDRESS_HERE = 'Your postal address'

/** In place of the picture that would report an open. */
const BLANK = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'

/** Why a mail that waits will not go, worded as the Outbox words it. */
const WILL_NOT: Readonly<Record<string, string>> = {
  deleted: 'This person was deleted. The mail will be withdrawn.',
  'no-address': 'This person has no e-mail address any more. The mail will be withdrawn.',
  suppressed: 'Mail to this address is stopped. The mail will be withdrawn.',
  'no-consent': 'This person does not agree to marketing mail any more. The mail will be withdrawn.',
  'flow-stopped': 'Its flow was stopped. The mail will be withdrawn.',
  answered: 'Its question was answered already. The mail will be withdrawn.',
}

/** Somebody as they are at that moment; made up where nobody is stored. */
function seenAs(stored: Person | undefined, { at, fields }: SeenAs): Person {
  const known = { ...stored?.fields, ...fields }
  const left = Object.fromEntries(Object.entries(known).flatMap(([key, value]) => (value === null ? [] : [[key, value] as const])))
  const zone = typeof left.zone === 'string' && left.zone !== '' ? left.zone : null
  return { ...NOBODY_STORED, createdAt: at, ...stored, fields: left, zone }
}

const NOBODY_STORED = {
  id: 0,
  key: '',
  zone: null,
  ownerSide: 'marketing',
  ownerId: null,
  stage: 'name',
  folded: {},
  consent: {},
  suppressed: null,
} as const

/** Makes mails to look at and sends tests, for the pages of templates and of the Outbox. */
export function createMailService(parts: MailServiceParts): Mail {
  const { db, clock, templates, baseUrl, delivery } = parts
  let starters: ReturnType<Mail['starters']> | undefined

  async function compile(text: TemplateSource): Promise<{ compiled: CompiledTemplate | null; check: TextCheck }> {
    const done = await templates.text(text)
    if ('errors' in done) return { compiled: null, check: { problems: done.errors, unknown: [] } }
    const keys = (await listFields(db)).map((field) => field.key)
    return { compiled: done.ok, check: { problems: [], unknown: unknownVariables(done.ok, keys, ['carried']) } }
  }

  /** A text for somebody (or nobody), with links that are not tracked: looking at it changes nothing. */
  async function renderFor(compiled: CompiledTemplate, contactId: number | null, settings: WorkspaceSettings, as?: SeenAs) {
    const stored = contactId === null ? undefined : await personById(db, contactId)
    const person = as ? seenAs(stored, as) : stored
    const company = contactId === null ? undefined : await companyOf(db, contactId)
    const addresses = mailAddresses(baseUrl, settings.linkSecrets)
    return renderMail(compiled, {
      contact: person?.fields ?? {},
      workspace: { name: settings.name, postalAddress: settings.postalAddress || ADDRESS_HERE },
      more: { carried: as?.carried ?? {} },
      now: new Date(as?.at ?? clock.now()),
      timeZone: person ? zoneOf(person, settings.zone, company ? [company] : []).zone : settings.zone,
      links: {
        track: (_, url) => url,
        unsubscribe: addresses.unsubscribe(NOBODY, MARKETING_TOPIC, null),
        preferences: addresses.preferences(NOBODY, null),
      },
    })
  }

  async function preview(text: TemplateSource, contactId: number | null, as?: SeenAs): Promise<Preview> {
    const settings = await workspaceSettings(db)
    const { compiled, check } = await compile(text)
    const noAddress = settings.postalAddress === '' && text.purpose === 'marketing' ? NO_ADDRESS : undefined
    const notices = [missingSetting(settings), noAddress].filter((one) => one !== undefined)
    const nothing = { ...check, mail: null, missing: [], droppedLinks: [], notices }
    if (!compiled) return nothing
    const rendered = await renderFor(compiled, contactId, settings, as)
    if ('problem' in rendered) {
      const { where, message } = rendered.problem
      return { ...nothing, problems: [{ where: where === 'workspace' ? 'body' : where, message }] }
    }
    const { missing, droppedLinks, ...mail } = rendered.ok
    return { ...check, mail, missing, droppedLinks, notices }
  }

  const sendTest: Mail['sendTest'] = async ({ text, templateId, contactId, to }) => {
    const settings = await workspaceSettings(db)
    const missing = missingSetting(settings)
    if (missing) return { result: 'refused', why: missing }
    const { compiled, check } = await compile(text)
    const [problem] = check.problems
    if (!compiled) return { result: 'refused', why: problem?.message ?? 'The text has mistakes. Correct them first.' }
    const rendered = await renderFor(compiled, contactId, settings)
    if ('problem' in rendered) return { result: 'refused', why: rendered.problem.message }
    const at = clock.now()
    const from = { address: settings.senderAddress, name: settings.senderName || settings.name }
    const envelope: MailEnvelope = { date: at, from, to: { address: to.email, name: to.name } }
    const messageId = messageIdOf({ id: 'test', key: randomBytes(12).toString('base64url') }, settings.senderAddress)
    const { html, text: plain } = rendered.ok
    const message: Message = { messageId, envelope, purpose: text.purpose, subject: `[Test] ${rendered.ok.subject}`, html, text: plain }
    const composed = await compose(message)
    if ('problem' in composed) return { result: 'refused', why: composed.problem.message }
    const outcome = await parts.transport?.send(composed.ok)
    const why = outcome ? whyNotSent(outcome) : null
    const id = await addTestMail(db, {
      ...message,
      ...{ at, templateId, contactId, byId: to.id, byName: to.name },
      status: why === null ? 'sent' : 'failed',
      transport: outcome ? 'smtp' : 'outbox',
      error: why,
    })
    if (why !== null) return { result: 'failed', id, why }
    return { result: outcome ? 'sent' : 'kept', id }
  }

  /** The message as it goes over the wire, and a form of its HTML that can be looked at without an open being counted. */
  async function shown(message: Message, notice: string | null): Promise<Shown> {
    const composed = await compose(message)
    if ('problem' in composed) return { notice: composed.problem.message, mail: null }
    const { subject, html, text } = message
    const { raw } = composed.ok
    const quiet = html.replaceAll(/https?:\/\/[^\s"/]+\/o\/[\w.-]+\.gif/g, BLANK)
    return { notice, mail: { headers: headersOf(raw), subject, html: quiet, text, source: raw.toString('utf8') } }
  }

  const show: Mail['show'] = async (mail) => {
    const { messageId, envelope, subject, html, text, purpose } = mail
    const kept = messageId !== null && envelope !== null && subject !== null && html !== null && text !== null
    if (kept) return shown({ messageId, envelope, subject, html, text, purpose }, null)
    if (mail.status !== 'queued') return { notice: 'It was never made, so there is nothing to show.', mail: null }
    const send = { ...mail, bucket: mail.id % 1024, domain: '', again: null }
    const facts = (await dispatchFacts(db, { kind: 'span', from: 0, to: 1023 }, [send])).get(mail.id)
    if (!facts) return { notice: 'There is no such mail any more.', mail: null }
    const settings = await workspaceSettings(db)
    const prepared = await prepare(send, { ...facts, wait: false }, { sql: db, templates, settings, baseUrl, now: clock.now() })
    switch (prepared.do) {
      case 'send':
        return shown(
          { ...prepared.ready, purpose },
          'It is made when it goes out, with the data of then. With the data of now it would be this.',
        )
      case 'withdraw':
        return { notice: WILL_NOT[prepared.why] ?? 'The mail will be withdrawn.', mail: null }
      case 'hold':
      case 'fail':
        return { notice: prepared.why, mail: null }
      case 'wait':
        return { notice: 'An answer of this person is being handled.', mail: null }
    }
  }

  return {
    starters() {
      starters ??= Promise.all(
        starterTemplates.map(async (starter) => {
          const { mail } = await preview(starter.source, null)
          return { ...starter, html: mail?.html ?? '' }
        }),
      )
      starters.catch(() => {
        starters = undefined
      })
      return starters
    },
    async check(text) {
      const { compiled, check } = await compile(text)
      // A loop is too much for nobody's data already: told before it is saved, not when it should go out.
      const rendered = compiled && (await renderFor(compiled, null, await workspaceSettings(db)))
      if (!rendered || !('problem' in rendered)) return check
      const { where, message, tooMuch } = rendered.problem
      return tooMuch && where !== 'workspace' ? { ...check, problems: [{ where, message }] } : check
    },
    preview,
    sendTest,
    show,
    showTest: (mail) => shown(mail, mail.error),
    deliver: () => delivery.nudge(),
    letter: async (letter) => sendLetter(letter, { transport: parts.transport, settings: await workspaceSettings(db), at: clock.now() }),
  }
}
