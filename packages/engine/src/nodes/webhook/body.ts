import type { StepScope } from '../../kind.ts'
import { currentValue, fillJson } from '../../values/fill.ts'
import type { WebhookConfig } from './schema.ts'
import { readTemplate } from './template.ts'

/** Under this name receivers know what they got. */
export const CHOSEN_TYPE = 'flow.step'

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
