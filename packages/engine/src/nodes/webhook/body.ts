import type { StepScope } from '../../kind.ts'
import { currentValue, fillJson } from '../../values/placeholder.ts'
import type { WebhookConfig } from './schema.ts'

/** Under this name receivers know what they got. */
export const CHOSEN_TYPE = 'flow.step'

/** A template as JSON; what is wrong with it otherwise. Placeholders stand within its texts, so it is JSON before and after. */
export function readTemplate(json: string): { ok: unknown } | { say: string } {
  if (json.trim() === '') return { say: 'Write the JSON to send, such as {"email": "{{contact.email}}"}.' }
  try {
    return { ok: JSON.parse(json) }
  } catch {
    return { say: 'This is no JSON. Put names and texts into double quotes, also {{contact.email}}, and check the commas.' }
  }
}

/** Every text of a JSON value, names not counted. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsOf)
}

/** What goes out for this person now. */
export function bodyFor(body: WebhookConfig['body'], node: string): (scope: StepScope) => unknown {
  if (body.kind === 'template') {
    const read = readTemplate(body.json)
    const template = 'ok' in read ? read.ok : null
    return (scope) => fillJson(template, scope)
  }
  const { fields, scores, carried } = body
  return (scope) => ({
    type: CHOSEN_TYPE,
    timestamp: new Date(scope.now).toISOString(),
    data: {
      flow: scope.enrolment.flowId,
      step: node,
      contact: {
        key: scope.state.person.key,
        ...Object.fromEntries(fields.map((key) => [key, currentValue({ from: 'contact', key }, scope)])),
      },
      scores: Object.fromEntries(scores.map((key) => [key, currentValue({ from: 'score', key }, scope)])),
      carried: Object.fromEntries(carried.map((key) => [key, currentValue({ from: 'carried', key }, scope)])),
    },
  })
}
