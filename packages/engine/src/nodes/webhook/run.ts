import { defineRun, type Outcome } from '../../kind.ts'
import { readAddress } from '../../values/address.ts'
import { type EffectItem, isFine, savedFrom } from './answer.ts'
import { bodyFor } from './body.ts'
import { checkWebhook } from './check.ts'
import { answered, failed, webhook } from './index.ts'
import { MAX_BODY_BYTES, type WebhookPayload } from './payload.ts'
import { LONGEST_MINUTES, minutesOf, type WebhookConfig } from './schema.ts'

/** Bytes of a value as JSON in UTF-8. */
const weight = (body: unknown): number => [...JSON.stringify(body)].reduce((sum, it) => sum + bytes(it.codePointAt(0) ?? 0), 0)

const bytes = (code: number) => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4)

function payloadOf({ url, method, headers, sign, giveUpAfter }: WebhookConfig, body: unknown): WebhookPayload {
  return {
    url: readAddress(url)?.href ?? url,
    method,
    headers: headers.flatMap(({ name, value }): WebhookPayload['headers'] => {
      if (value.from === 'text') return [{ name, value: value.text }]
      return value.name === null ? [] : [{ name, secret: value.name }]
    }),
    body: jsonOf(body),
    sign,
    giveUpAfter: Math.min(LONGEST_MINUTES, Math.max(1, Math.round(minutesOf(giveUpAfter)))),
  }
}

/** Made of JSON and of stored values, so it is JSON. */
const jsonOf = (body: unknown): WebhookPayload['body'] => JSON.parse(JSON.stringify(body ?? null))

/** The answer, or that there is none. That something was let through is not for a call. */
function answer({ news, effect, at }: EffectItem, save: WebhookConfig['save']): Outcome | undefined {
  if (news.outcome === 'released') return undefined
  const { status } = news
  if (news.outcome === 'failed' || !isFine(status)) {
    const why = news.outcome === 'failed' ? news.why : `answered ${status ?? ''}`
    return { do: 'leave', port: failed.id, reason: { code: 'webhook.failed', effect, status, why: why.slice(0, 300), at } }
  }
  const { carry, missing: gone } = savedFrom(news.data, save)
  return {
    do: 'leave',
    port: answered.id,
    reason: { code: 'webhook.answered', effect, status: status ?? 200, saved: carry, missing: gone, at },
    effects: Object.keys(carry).length === 0 ? [] : [{ do: 'carry', data: carry }],
  }
}

/** What its settings must be, and what it does. */
export const webhookRun = defineRun(webhook, {
  check: checkWebhook,
  compile: (config, { nodeId }) => {
    const body = bodyFor(config.body, nodeId)
    return {
      enter: (scope) => {
        const payload = payloadOf(config, body(scope))
        const effect = scope.effectKey(0)
        if (weight(payload.body) > MAX_BODY_BYTES) {
          const why = 'too much to send'
          return { do: 'leave', port: failed.id, reason: { code: 'webhook.failed', effect, status: null, why, at: scope.now } }
        }
        return { do: 'stay', due: null, here: { effect }, effects: [{ do: 'out', kind: 'webhook', payload: { ...payload } }] }
      },
      wake: (scope, item) =>
        item.kind === 'effect' && item.effect === scope.enrolment.vars.here.effect ? answer(item, config.save) : undefined,
      asks: { of: 'call' },
      conditions: [],
    }
  },
})
