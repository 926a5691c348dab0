import { type AllowedNetworks, type CallOutcome, callWeb, openSecret, signWebhook } from '@baton/connect'
import { type ClaimedEffect, type EffectSettlement, noteSecretUse, type Sql, sealedSecrets, workspaceSettings } from '@baton/db'
import { MAX_ANSWER_BYTES, type WebhookPayload, webhookPayload } from '@baton/engine'
import { nextTry } from './schedule.ts'

/** What a call gets: to find the host, to connect, to answer. */
const TIME = 10_000

export interface WebhookPorts {
  sql: Sql
  allowed: AllowedNetworks
  /** The clock of flows: when to try again. */
  now(): number
  /** The real time: receivers compare it with their own. */
  wall(): number
  /** Milliseconds for one call. */
  time?: number | undefined
}

/** The same for every attempt, so that the receiver can drop repetitions: the effect's key in characters that a header may have. */
export const webhookId = (key: string): string => encodeURI(Buffer.from(key).toString())

/** What became of a call, and whether the other side asked for less: for how long at least, ms. */
export interface Called {
  settlement: EffectSettlement
  less: number | null
}

/** Calls the web address of a step, once, and says what becomes of it. */
export async function deliverWebhook(effect: ClaimedEffect, ports: WebhookPorts): Promise<Called> {
  const parsed = webhookPayload.safeParse(effect.payload)
  if (!parsed.success) {
    const why = 'What was to be sent cannot be read. Publish the flow anew and move the person back.'
    return { settlement: failed(effect, null, why), less: null }
  }
  const outcome = await call(effect, parsed.data, ports)
  const less = outcome.outcome === 'again' && outcome.status === 429 ? (outcome.after ?? 0) : null
  return { settlement: settlementOf(effect, parsed.data, outcome, ports), less }
}

function settlementOf(effect: ClaimedEffect, payload: WebhookPayload, outcome: CallOutcome, ports: WebhookPorts): EffectSettlement {
  switch (outcome.outcome) {
    case 'answered': {
      const { status, data } = outcome
      return { ...base(effect), status: 'done', answer: { status, data }, news: { outcome: 'answered', status, data } }
    }
    case 'refused':
      return failed(effect, outcome.status, outcome.why)
    case 'again': {
      const { at } = effect
      const facts = { at, attempts: effect.attempts + 1, giveUpAfter: payload.giveUpAfter, now: ports.now(), after: outcome.after }
      const next = nextTry(facts)
      if (next === null) return failed(effect, outcome.status, `${outcome.why} It was given up after ${words(effect.attempts + 1)}.`)
      return { ...base(effect), status: 'queued', nextAttemptAt: next, error: outcome.why }
    }
  }
}

const words = (attempts: number) => (attempts === 1 ? 'one attempt' : `${attempts} attempts`)

async function call(effect: ClaimedEffect, payload: WebhookPayload, ports: WebhookPorts): Promise<CallOutcome> {
  const { url, method, sign } = payload
  const secrets = await openAll(payload, ports)
  if ('missing' in secrets) {
    const why = `There is no secret “${secrets.missing}”. Add it under Settings, Secrets.`
    return { outcome: 'again', status: null, why, after: null }
  }
  const headers = payload.headers.map((it) => ({ name: it.name, value: 'value' in it ? it.value : (secrets.values.get(it.secret) ?? '') }))
  const body = JSON.stringify(payload.body)
  const id = webhookId(effect.key)
  const now = new Date(ports.wall())
  const plain = { 'webhook-id': id, 'webhook-timestamp': String(Math.floor(now.getTime() / 1000)) }
  const ours = sign === null ? plain : { ...signWebhook(secrets.values.get(sign) ?? '', { id, now, body }) }
  const limits = { time: ports.time ?? TIME, answer: MAX_ANSWER_BYTES, allowed: ports.allowed }
  return callWeb({ url, method, headers, ours, body }, limits, ports.wall)
}

/** The secrets that a call uses, opened; or the name of the first that is not there. */
async function openAll(
  { sign, headers }: WebhookPayload,
  { sql, now }: WebhookPorts,
): Promise<{ values: ReadonlyMap<string, string> } | { missing: string }> {
  const names = [...new Set([...(sign === null ? [] : [sign]), ...headers.flatMap((it) => ('secret' in it ? [it.secret] : []))])]
  if (names.length === 0) return { values: new Map() }
  const { linkSecrets } = await workspaceSettings(sql)
  const sealed = await sealedSecrets(sql, names)
  const values = new Map<string, string>()
  for (const name of names) {
    const value = openSecret(linkSecrets, name, sealed.get(name) ?? '')
    if (value === undefined || (name === sign && !canSign(value))) return { missing: name }
    values.set(name, value)
  }
  await noteSecretUse(sql, names, now())
  return { values }
}

const canSign = (value: string): boolean => Buffer.from(value.replace(/^whsec_/, ''), 'base64').length > 0

const base = ({ bucket, id, contactId, key }: ClaimedEffect) => ({
  ...{ bucket, id, contactId, key },
  ...{ nextAttemptAt: null, error: null, answer: null, news: null },
})

function failed(effect: ClaimedEffect, status: number | null, why: string): EffectSettlement {
  return {
    ...base(effect),
    status: 'failed',
    error: why,
    answer: status === null ? null : { status },
    news: { outcome: 'failed', status, why },
  }
}
