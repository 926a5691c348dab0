import { createIds, createTemplate, ensureMonths, type Handle, updateWorkspace } from '@baton/db'
import { dice } from '../people.ts'
import { addressOf, type SmtpIll, smtpIlls } from './smtp.ts'
import { pathOf, type WebIll, webIlls } from './web.ts'

export const START = Date.UTC(2026, 2, 2, 9)
const PEOPLE = 36
const DOMAINS = ['one.test', 'two.test', 'three.test', 'hangs.test']
const BODY = '<mjml><mj-body><mj-section><mj-column><mj-text>Hello</mj-text></mj-column></mj-section></mj-body></mjml>'
/** Attempts after which everybody has given up. */
const FOR_EVER = 99

/** A workspace with a flow that sends one mail; nobody is in it yet. */
export async function makeRoughWorld(handle: Handle): Promise<void> {
  const pace = {
    connections: 5,
    each: { connections: 3, perMinute: null },
    domains: [{ domain: 'two.test', connections: 2, perMinute: 30 }],
  }
  const breaker = { mailsPerHour: null, bounces: null, complaints: null, unsubscribes: null, minimum: 1 }
  await updateWorkspace(handle, {
    ...{ zone: 'UTC', senderName: 'Soak', senderAddress: 'news@example.com', postalAddress: '1 High Street' },
    sending: { caps: [], quiet: null, breaker, unknown: 'keep', pace },
  })
  const text = { subject: 'Hello', preheader: '', body: BODY, text: '', purpose: 'marketing' as const }
  await handle.transaction((tx) => createTemplate(tx, { name: 'Hello', text, by: 'soak', at: START }))
  await handle.query(
    `insert into flow (id, name, status, draft, created_at, updated_at) values ('flw', 'Soak', 'live', '{"nodes":[],"edges":[]}', 0, 0)`,
  )
  await ensureMonths(
    handle,
    [0, 5, 30, 60].map((days) => START + days * 86_400_000),
  )
}

/** Who gets what, and how those on the other side treat it. */
export interface Asked {
  ills: { smtp: SmtpIll; web: WebIll }[]
}

/**
 * Everybody asks for a mail, and somebody else for a call: no runner is there to handle what comes back, and a mail waits for that. Which ills a seed meets goes round with it, how often is drawn; whatever goes to `hangs.test`
 * hangs.
 * @param hooks where calls go, in turn
 */
export async function askForAll(handle: Handle, seed: number, hooks: readonly string[]): Promise<Asked> {
  const random = dice(seed)
  const ids = createIds(handle)
  const buckets = Array.from({ length: PEOPLE }, () => Math.floor(random() * 1024))
  const [people, mails, calls] = [await ids.take(buckets), await ids.take(buckets), await ids.take(buckets)]
  const times = () => (random() < 0.15 ? FOR_EVER : 1 + Math.floor(random() * 2))
  const ills: Asked['ills'] = []
  const rows = buckets.map((bucket, i) => {
    const domain = DOMAINS[i % DOMAINS.length] ?? 'one.test'
    // A third is well: others must not keep them waiting.
    const smtp = i % 3 === 0 ? 'none' : domain === 'hangs.test' ? 'rcpt-hang' : (smtpIlls[(seed + i) % smtpIlls.length] ?? 'none')
    const web = i % 3 === 1 ? 'fine' : (webIlls[(seed + i) % webIlls.length] ?? 'fine')
    ills.push({ smtp, web })
    // To hang for ever takes for ever.
    const hangs = smtp === 'rcpt-hang' || smtp === 'slow'
    return {
      bucket,
      contact: people[i],
      send: mails[i],
      effect: calls[i],
      email: addressOf(i, smtp, hangs ? 1 : times(), domain),
      url: `${hooks[i % hooks.length]}${pathOf(i, web, web === 'hang' || web === 'late' ? 1 : times())}`,
      at: START - i,
    }
  })
  const values = `json_to_recordset($1::json) as v(bucket smallint, contact bigint, send bigint, effect bigint, email text, url text, at bigint)`
  const params = [JSON.stringify(rows)]
  await handle.query(
    `insert into contact (bucket, id, key, facts, created_at)
     select bucket, contact, email, jsonb_build_object('f', jsonb_build_object('email', email), 'k', '{}'::jsonb, 'c', '{"marketing": true}'::jsonb), 0 from ${values}`,
    params,
  )
  await handle.query(
    `insert into send (bucket, id, contact_id, key, flow_id, object_key, entry, version, node, template_id, purpose, topic, status, at, next_attempt_at)
     select bucket, send, contact, email || '/flw//1/mail/1/0', 'flw', '', 1, 1, 'mail', (select id from template), 'marketing', 'marketing', 'queued', at, at from ${values}`,
    params,
  )
  await handle.query(
    `insert into effect (bucket, id, contact_id, key, kind, flow_id, object_key, entry, version, node, payload, status, at, next_attempt_at)
     select bucket, effect, effect, email || '/flw//1/call/1/0', 'webhook', 'flw', '', 1, 1, 'call',
       jsonb_build_object('url', url, 'method', 'POST', 'headers', '[]'::jsonb, 'sign', null, 'body', jsonb_build_object('n', effect), 'giveUpAfter', 120),
       'queued', at, at from ${values}`,
    params,
  )
  return { ills }
}
