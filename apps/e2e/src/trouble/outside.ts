import { once } from 'node:events'
import { createServer } from 'node:http'
import { addContacts, createFlow, createIds, createTemplate, type Handle, publishFlow, tellContact, updateWorkspace } from '@baton/db'
import { flowGraph, planHash } from '@baton/engine'
import { SMTPServer } from 'smtp-server'

/** A mail server and somebody's web address, both of which refuse what they get until they are mended. */
export interface Outside {
  smtpUrl: string
  hookUrl: string
  mend(): void
  break(): void
  /** Mails that were taken. */
  mails(): number
  close(): Promise<void>
}

const portOf = (address: unknown): number => {
  if (typeof address === 'object' && address !== null && 'port' in address) return Number(address.port)
  throw new Error('no port')
}

export async function openOutside(): Promise<Outside> {
  let well = false
  let mails = 0
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 100,
    onData(stream, _session, done) {
      stream.resume()
      stream.on('end', () => {
        if (!well) return done(Object.assign(new Error('5.7.1 Not this'), { responseCode: 554 }))
        mails++
        done()
      })
    },
  })
  smtp.on('error', () => {})
  smtp.listen(0, '127.0.0.1')
  await once(smtp.server, 'listening')
  const web = createServer((_request, response) => void response.writeHead(well ? 200 : 404).end('{}')).listen(0, '127.0.0.1')
  await once(web, 'listening')
  return {
    smtpUrl: `smtp://127.0.0.1:${portOf(smtp.server.address())}`,
    hookUrl: `http://127.0.0.1:${portOf(web.address())}/hook`,
    mend: () => {
      well = true
    },
    break: () => {
      well = false
    },
    mails: () => mails,
    async close() {
      web.closeAllConnections()
      web.close()
      await new Promise<void>((done) => smtp.close(done))
    },
  }
}

const BODY = '<mjml><mj-body><mj-section><mj-column><mj-text>Hello</mj-text></mj-column></mj-section></mj-body></mjml>'
const BY = { id: 'usr_test', name: 'Test' }

const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data: { v: 1, ...data } })
const way = (path: string) => {
  const [source = '', sourceHandle = '', target = ''] = path.split(/[.>]/)
  return { id: path, source, sourceHandle, target }
}

/** One person, and three flows that begin when they ask: a mail, a call, an hour to wait. */
export async function settleIn(db: Handle, { hook, at }: { hook: string; at: number }): Promise<void> {
  const sender = { senderName: 'Ledgerline', senderAddress: 'nora@ledgerline.example', postalAddress: 'Lindenstraße 12, Berlin' }
  await updateWorkspace(db, sender)
  const person = {
    email: 'ada@example.com',
    external: null,
    fields: { email: 'ada@example.com', first_name: 'Ada' },
    consent: { marketing: true },
  }
  await db.transaction((tx) => addContacts(tx, createIds(tx), [person], { at, textKeys: [] }))
  const text = { subject: 'Hello', preheader: '', body: BODY, text: '', purpose: 'marketing' as const }
  const templateId = await db.transaction((tx) => createTemplate(tx, { name: 'Hello', text, by: BY.id, at }))
  const asked = (type: string) => node('asked', 'trigger', { on: { kind: 'event', type, where: [], key: null } })
  const end = node('end', 'exit', { label: 'Done', finished: true })
  const flows = [
    ['flw_mail', 'Welcome', 'Asked', node('step', 'send-email', { templateId }), ['sent']],
    [
      'flw_call',
      'Tell the shop',
      'Asked',
      node('step', 'webhook', { url: hook, body: { kind: 'chosen', fields: ['email'] } }),
      ['answered', 'failed'],
    ],
    ['flw_wait', 'Ask again', 'Asked', node('step', 'wait', { until: { kind: 'duration', amount: 1, unit: 'hours' } }), ['out']],
    ['flw_again', 'Another mail', 'Asked again', node('step', 'send-email', { templateId, ifNotSent: 'skip' }), ['sent']],
  ] as const
  for (const [id, name, type, step, ports] of flows) {
    const edges = ['asked.out>step', ...ports.map((port) => `step.${port}>end`)].map(way)
    const graph = flowGraph.parse({ nodes: [asked(type), step, end], edges, settings: {} })
    await db.transaction(async (tx) => {
      await createFlow(tx, { id, name, graph, by: BY, at })
      const [flow] = await tx.query<{ rev: number }>('select draft_rev as rev from flow where id = $1', [id])
      await publishFlow(tx, { id, rev: flow?.rev ?? 0, hash: planHash(graph), notes: '', by: BY, at, enrolAt: [] })
    })
  }
}

/** The person asks. */
export async function ask(db: Handle, at: number, again = ''): Promise<void> {
  const [person] = await db.query<{ id: number }>('select id from contact')
  const type = again === '' ? 'Asked' : 'Asked again'
  const event = { id: `asked${again}`, type, props: {}, occurredAt: at, receivedAt: at }
  await tellContact(db, person?.id ?? 0, [{ kind: 'event', at, event }], at)
}
