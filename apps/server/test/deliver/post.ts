import { type MailTransport, smtpTransport } from '@baton/connect'
import { createTemplate, schema, updateWorkspace } from '@baton/db'
import type { InboxItem } from '@baton/engine'
import { buildGraph } from '@baton/engine/testing'
import { pino } from 'pino'
import { createDelivery, createTemplates, type Delivery, type DeliveryOptions } from '../../src/deliver/index.ts'
import { START, type World } from '../runner/programme.ts'

export const BASE = 'https://baton.test'
const silent = pino({ level: 'silent' })

export const BODY = `<mjml><mj-body><mj-section><mj-column>
  <mj-text>Hello {{ contact.first_name }}, read <a href="https://acme.test/guide">the guide</a> or <a href="https://acme.test/prices?a=1&amp;b=2">prices</a>.</mj-text>
</mj-column></mj-section></mj-body></mjml>`

export const text = { subject: 'For {{ contact.first_name }}', preheader: '', body: BODY, text: '', purpose: 'marketing' as const }

/** A post office over a world of the runner: whoever "asked" gets a mail. */
export interface Post {
  delivery: Delivery
  template: string
  /** Another process that delivers; closed with the world. */
  another(more: Partial<DeliveryOptions>): Delivery
  /** Somebody with consent asks for the mail, and the runner has taken the step. */
  ask(key: string, more?: { consent?: object; suppressed?: string | null; fields?: object }): Promise<number>
  mails(): Promise<Record<string, unknown>[]>
  events(type: string): Promise<Record<string, unknown>[]>
}

export const asked = (id: string, at: number): InboxItem => ({
  kind: 'event',
  at,
  event: { id, type: 'asked', props: {}, occurredAt: at, receivedAt: at },
})

/** Opens the post office: a sender, a template, a live flow that sends it, and a delivery over the given mail server. */
export async function openPost(world: World, smtp: string | null, more: Partial<DeliveryOptions> = {}): Promise<Post> {
  const { handle, clock } = world
  await world.fields([])
  await updateWorkspace(handle, { name: 'Acme', senderName: 'Acme News', senderAddress: 'news@acme.test', postalAddress: '1 High Street' })
  const template = await handle.transaction((tx) => createTemplate(tx, { name: 'Guide', text, by: 'usr_test', at: START }))
  const graph = buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'event', type: 'asked', where: [], key: null } }],
      ['mail', 'send-email', { templateId: template }],
      ['out', 'exit', { label: 'Done' }],
    ],
    ['in.out>mail', 'mail.sent>out'],
  )
  await world.flow('flw_post', graph)
  const transport: MailTransport | null = smtp === null ? null : smtpTransport(smtp)
  const options = { handle, clock, log: silent, owner: 'one', templates: createTemplates(), transport, baseUrl: BASE, nudge: () => {} }
  const delivery = createDelivery({ ...options, ...more })
  return {
    delivery,
    template,
    another: (other) => createDelivery({ ...options, owner: 'two', ...other }),
    async ask(key, given = {}) {
      const fields = { email: key, first_name: 'Zoë', ...given.fields }
      const id = await world.person(key, { fields, consent: given.consent ?? { marketing: true }, suppressed: given.suppressed ?? null })
      await world.tell(key, asked(`ask ${key}`, clock.now()))
      await world.runner.drainUntilIdle()
      return id
    },
    mails: () =>
      world.rows(
        `select status, transport, attempts, last_error as error, next_attempt_at as next, message_id as "messageId", to_address as "to", subject
         from send order by id`,
      ),
    events: (type) => world.rows('select type, props, origin from event where type = $1 order by at, id', [type]),
  }
}

export const links = (world: World) => world.handle.db.select().from(schema.sendLink).orderBy(schema.sendLink.sendId, schema.sendLink.n)
