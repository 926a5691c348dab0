import { defineKind, type Port } from '../../kind.ts'
import type { Sentence } from '../../sentence.ts'
import { chosen, plain } from '../base.ts'
import { type IfNotSent, migrations, type SendAgain, sendEmailConfig } from './schema.ts'

export const sent: Port = { id: 'sent', label: 'Sent', tone: 'good' }
export const notSent: Port = { id: 'not-sent', label: 'Not sent', tone: 'loss' }

/** Which way those go who do not get the mail in the end. */
export const wayOf = (it: IfNotSent): 'skip' | 'port' => (it.do === 'hold' ? it.after : it.do)

/** Sends a mail if the gate lets it: consent, suppression, marketing hold, had it already, caps, quiet hours. */
export const sendEmail = defineKind({
  type: 'send-email',
  category: 'action',
  rests: false,
  version: 2,
  migrations,
  config: sendEmailConfig,
  defaults: () => ({
    v: 2,
    templateId: null,
    ifNotSent: { do: 'hold', amount: 2, unit: 'days', after: 'skip' },
    again: { when: 'always' },
    onSalesBehalf: false,
  }),
  ports: ({ ifNotSent }) => (wayOf(ifNotSent) === 'port' ? [sent, notSent] : [{ ...sent, label: 'Then', tone: 'neutral' }]),
  references: ({ templateId }) => (templateId === null ? [] : [{ kind: 'template', id: templateId }]),
  conditions: () => [],
  mails: ({ templateId, ifNotSent, again }) => ({
    templateId,
    port: sent.id,
    alike: wayOf(ifNotSent) === 'skip',
    onceIn: again.when === 'always' ? null : again.when === 'never' ? Number.POSITIVE_INFINITY : again.days,
  }),
  sentence: ({ templateId, again }, catalog): Sentence => [
    plain('Send '),
    chosen(templateId, catalog.templates, 'choose a mail'),
    ...againWords(again),
  ],
})

function againWords(again: SendAgain): Sentence {
  if (again.when === 'always') return []
  if (again.when === 'never') return [plain(' unless they had it')]
  return [plain(` unless they had it within ${again.days ?? '…'} ${again.days === 1 ? 'day' : 'days'}`)]
}
