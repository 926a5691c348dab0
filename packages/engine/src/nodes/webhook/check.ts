import type { Catalog } from '../../catalog.ts'
import type { Issue } from '../../check/issue.ts'
import { addressProblem, isInside, readAddress } from '../../values/address.ts'
import { isCarriedName, isPath } from '../../values/carried.ts'
import { placeholderFaults } from '../../values/placeholder.ts'
import { fault, faultAround } from '../base.ts'
import { LONGEST_MINUTES, minutesOf, type WebhookConfig } from './schema.ts'
import { readTemplate, textsOf } from './template.ts'

type Found = Omit<Issue, 'nodes'>

/** What is wrong with a call before it is ever made. */
export function checkWebhook(config: WebhookConfig, catalog: Catalog): Found[] {
  return [...checkUrl(config.url), ...checkBody(config.body, catalog), ...checkHeaders(config.headers), ...checkRest(config)]
}

function checkUrl(url: string): Found[] {
  const wrong = addressProblem(url)
  const read = readAddress(url)
  if (wrong !== undefined || !read) return [fault('webhook.url', 'url', wrong ?? '')]
  const warn = (say: string): Found => ({ ...fault('webhook.reach', 'url', say), severity: 'warning' })
  return [
    ...(read.scheme === 'http'
      ? [warn('Everybody on the way can read what goes to an address with http. Use https if there is one.')]
      : []),
    ...(isInside(read.host)
      ? [warn(`${read.host} lies within your own network. It is called only if an admin has allowed it; else everybody leaves by Failed.`)]
      : []),
  ]
}

function checkBody(body: WebhookConfig['body'], catalog: Catalog): Found[] {
  if (body.kind === 'chosen') return []
  const read = readTemplate(body.json)
  if ('say' in read) return [fault('webhook.body', 'body.json', read.say)]
  return textsOf(read.ok)
    .flatMap((it) => placeholderFaults(it, catalog))
    .map((say) => faultAround('webhook.body', 'body.json', say))
}

/** Set by whoever makes the call. */
const OURS = /^(?:host|connection|content-length|content-type|transfer-encoding|te|trailer|upgrade|expect|keep-alive|proxy-.*|webhook-.*)$/i
/** Names under which keys and passwords travel. */
const SECRET = /authorization|cookie|secret|passw|token|api-?key|credential/i

function checkHeaders(headers: WebhookConfig['headers']): Found[] {
  const names = headers.map((it) => it.name.trim().toLowerCase())
  return headers.flatMap(({ name, value }, i) => {
    const at = `headers.${i}`
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
      return [fault('webhook.header', `${at}.name`, 'Give the name of the header, such as X-Source.')]
    if (OURS.test(name)) return [fault('webhook.header', `${at}.name`, `${name} is set by Baton. Take this header away.`)]
    if (names.indexOf(name.toLowerCase()) !== i) return [fault('webhook.header', `${at}.name`, `${name} is there twice. Take one away.`)]
    if (value.from === 'secret')
      return value.name === null ? [fault('webhook.header', `${at}.value`, `Choose the secret for ${name}.`)] : []
    if (SECRET.test(name)) {
      const say = `${name} must not stand here for all to read. Keep it as a secret in the settings and choose it by its name.`
      return [fault('webhook.header', `${at}.value`, say)]
    }
    // What may stand in a header: visible ASCII and spaces, no line break.
    if (!/^[\x20-\x7e]+$/.test(value.text)) return [fault('webhook.header', `${at}.value`, `Give the value of ${name}, in plain letters.`)]
    return []
  })
}

function checkRest({ save, giveUpAfter }: WebhookConfig): Found[] {
  const minutes = minutesOf(giveUpAfter)
  const time = Number.isInteger(minutes) && minutes >= 1 && minutes <= LONGEST_MINUTES
  const names = save.map((it) => it.as)
  return [
    ...(time ? [] : [fault('webhook.time', 'giveUpAfter.amount', 'Say when to give up: after 1 minute to 72 hours.')]),
    ...save.flatMap(({ path, as }, i) => [
      ...(isPath(path) ? [] : [fault('webhook.save', `save.${i}.path`, 'Say where it stands in the answer, such as order.items.0.sku.')]),
      ...(isCarriedName(as)
        ? names.indexOf(as) === i
          ? []
          : [fault('webhook.save', `save.${i}.as`, `“${as}” is kept twice. Give each its own name.`)]
        : [fault('webhook.save', `save.${i}.as`, 'Give it a name of letters, figures and _, beginning with a letter.')]),
    ]),
  ]
}
