import { DAY } from '@baton/leads'
import { sampleCatalog } from '../fixtures/index.ts'
import type { ContactState } from '../src/state/contact.ts'
import { emptyState } from '../src/state/empty.ts'
import type { HandoffNews, InboxItem } from '../src/state/input.ts'
import type { Reason } from '../src/state/reason.ts'
import { buildGraph, planOf } from './build.ts'
import { runInMemory } from './run-in-memory.ts'
import { samplePerson } from './sample-run.ts'

export const key = (visit = 1, flow = 'f', entry = 1) => `ada/${flow}//${entry}/h/${visit}/0`
export const ada = emptyState(
  samplePerson({
    key: 'ada',
    zone: 'Europe/Berlin',
    fields: { email: 'ada@example.com', job: 'clerk' },
    consent: { marketing: true },
  }),
)
export const user = { kind: 'user', id: 'u' } as const
export const enrol = (at: number, flowId = 'f'): InboxItem => ({ kind: 'enrol', at, flowId, node: 'in', key: '', source: user })
export const news = (at: number, it: HandoffNews, handoff = key()): InboxItem => ({ kind: 'handoff', at, handoff, news: it })
export const mara = { repId: 'r1', repName: 'Mara' }
export const assigned: HandoffNews = { outcome: 'assigned', ...mara, reason: {} }
export const accepted: HandoffNews = { outcome: 'accepted', ...mara }
export const rejected = (why: string, more: object = {}): HandoffNews => ({ outcome: 'rejected', ...mara, why, ...more })
export const voicemail = (attempt: number): HandoffNews => ({ outcome: 'attempted', ...mara, how: 'voicemail', attempt })
export const won: HandoffNews = { outcome: 'converted', ...mara, opportunity: 'o1', amount: 900 }
export const lost = (more: object = {}): HandoffNews => ({ outcome: 'lost', ...mara, why: 'Price', opportunity: 'o1', ...more })
export const noResponse = (more: object = {}): HandoffNews => ({
  outcome: 'no-response',
  attempts: 2,
  reason: { code: 'breached' },
  ...more,
})

export const hours = (amount: number) => ({ until: { kind: 'duration', amount, unit: 'hours' } })
export const START = Date.parse('2026-03-02T09:00:00Z')

/** A hand-off with every way out that its settings have, each to an exit of its name; a voicemail leads to a mail, a wait and back. */
export function flow(settings: Record<string, unknown> = {}, ports: readonly string[] = ['accepted', 'rejected', 'overflow']) {
  const exits = ports.filter((it) => it !== 'voicemail')
  const loop = ports.includes('voicemail')
  return buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'manual' } }],
      ['h', 'hand-to-sales', { v: 2, teamId: 'team_inbound', why: 'Asked for a demo', ...settings }],
      ...(loop
        ? ([
            ['m', 'send-email', { v: 1, templateId: 'tpl_guide', ifNotSent: 'port' }],
            ['w', 'wait', hours(24)],
          ] as const)
        : []),
      ...exits.map((it) => [`x-${it}`, 'exit', { label: it }] as const),
    ],
    ['in.out>h', ...exits.map((it) => `h.${it}>x-${it}`), ...(loop ? ['h.voicemail>m', 'm.sent>w', 'm.not-sent>w', 'w.out>h'] : [])],
    { reentry: { when: 'always' } },
  )
}
export const catalog = {
  ...sampleCatalog,
  templates: [...sampleCatalog.templates, { id: 'tpl_guide', name: 'Guide', purpose: 'marketing' as const }],
}
export const plan = (graph = flow(), more = catalog) => planOf({ f: graph }, [], more)
export const run = (graph: ReturnType<typeof flow>, items: readonly InboxItem[], until = START + 90 * DAY, state: ContactState = ada) =>
  runInMemory(plan(graph), [{ state, items: [enrol(START), ...items] }], until)
export const left = ({ journal }: ReturnType<typeof run>) => journal.filter((it) => it.node === 'h').map((it) => it.port)
export const reasons = ({ journal }: ReturnType<typeof run>) => journal.filter((it) => it.node === 'h').map((it): Reason => it.reason)
export const types = (result: ReturnType<typeof run>) => result.turns.flatMap((it) => it.result.events.map((one) => one.type))
export const now = (result: ReturnType<typeof run>) => result.contacts[0] ?? ada
