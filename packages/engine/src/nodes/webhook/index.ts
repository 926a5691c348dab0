import { defineKind, type Port, type Reference } from '../../kind.ts'
import { readAddress } from '../../values/address.ts'
import { carriedIn, placeholderReferences } from '../../values/placeholder.ts'
import { missing, plain, strong } from '../base.ts'
import { type WebhookConfig, webhookConfig } from './schema.ts'
import { readTemplate, textsOf } from './template.ts'

export const answered: Port = { id: 'answered', label: 'Answered', tone: 'good' }
export const failed: Port = { id: 'failed', label: 'Failed', tone: 'retry' }

/** Calls a web address and holds the person until it has answered. E-190 to E-194. */
export const webhook = defineKind({
  type: 'webhook',
  category: 'action',
  rests: true,
  version: 1,
  migrations: [],
  config: webhookConfig,
  defaults: () => ({
    v: 1,
    url: '',
    method: 'POST',
    body: { kind: 'chosen', fields: ['email'], scores: [], carried: [] },
    headers: [],
    sign: null,
    save: [],
    giveUpAfter: { amount: 1, unit: 'hours' },
  }),
  ports: () => [answered, failed],
  references: ({ body, headers, sign }) => [
    ...bodyReferences(body),
    ...[sign, ...headers.map(({ value }) => (value.from === 'secret' ? value.name : null))].flatMap((id) =>
      id === null ? [] : [{ kind: 'secret' as const, id }],
    ),
  ],
  conditions: () => [],
  carries: ({ save }) => save.map((it) => it.as),
  takes: ({ body }) => (body.kind === 'chosen' ? body.carried : templateTexts(body.json).flatMap(carriedIn)),
  sentence: ({ url }) => {
    const read = readAddress(url)
    return [plain('Call '), read ? strong(read.host) : missing('a web address')]
  },
})

function bodyReferences(body: WebhookConfig['body']): Reference[] {
  if (body.kind === 'template') return templateTexts(body.json).flatMap(placeholderReferences)
  return [...body.fields.map((id) => ({ kind: 'field' as const, id })), ...body.scores.map((id) => ({ kind: 'dimension' as const, id }))]
}

function templateTexts(json: string): string[] {
  const read = readTemplate(json)
  return 'ok' in read ? textsOf(read.ok) : []
}
