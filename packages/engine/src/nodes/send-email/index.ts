import { z } from 'zod'
import { defineKind, type Port } from '../../kind.ts'
import { chosen, configBase, fault, plain } from '../base.ts'
import { gate, MARKETING_TOPIC } from './gate.ts'

export const sendEmailConfig = z.object({
  ...configBase(1),
  templateId: z.string().max(64).nullable(),
  /** Who may not get the mail goes on by the same way, or by a port of its own. */
  ifNotSent: z.enum(['skip', 'port']).default('skip'),
  /** Goes out although sales owns the contact. */
  onSalesBehalf: z.boolean().default(false),
})

const sent: Port = { id: 'sent', label: 'Sent', tone: 'good' }
const notSent: Port = { id: 'not-sent', label: 'Not sent', tone: 'loss' }

/** Sends a mail if the gate lets it: consent, suppression, marketing hold. */
export const sendEmail = defineKind({
  type: 'send-email',
  category: 'action',
  rests: false,
  version: 1,
  migrations: [],
  config: sendEmailConfig,
  defaults: () => ({ v: 1, templateId: null, ifNotSent: 'skip', onSalesBehalf: false }),
  ports: ({ ifNotSent }) => (ifNotSent === 'port' ? [sent, notSent] : [{ ...sent, label: 'Then', tone: 'neutral' }]),
  references: ({ templateId }) => (templateId === null ? [] : [{ kind: 'template', id: templateId }]),
  conditions: () => [],
  sentence: ({ templateId }, catalog) => [plain('Send '), chosen(templateId, catalog.templates, 'choose a mail')],
  check: ({ templateId }) => (templateId === null ? [fault('send.template', 'templateId', 'Choose the mail to send, or write one.')] : []),
  compile: ({ templateId, ifNotSent, onSalesBehalf }, { catalog }) => {
    const id = templateId ?? ''
    // A template nobody knows any more counts as marketing: the stricter of the two.
    const purpose = catalog.templates.find((it) => it.id === id)?.purpose ?? 'marketing'
    const topic = purpose === 'marketing' ? MARKETING_TOPIC : null
    return {
      enter: (scope) => {
        const trace = gate(scope.state.person, purpose, onSalesBehalf)
        if (trace.verdict === 'pass') {
          return {
            do: 'leave',
            port: sent.id,
            reason: { code: 'send.queued', templateId: id, key: scope.effectKey(0), gate: trace },
            effects: [{ do: 'send', templateId: id, purpose, topic }],
          }
        }
        const port = ifNotSent === 'port' ? notSent.id : sent.id
        return { do: 'leave', port, reason: { code: 'send.not-sent', templateId: id, ifNotSent, gate: trace } }
      },
      conditions: [],
    }
  },
})
