import type { FlowGraph } from '../src/graph/schema.ts'
import type { Plan } from '../src/plan.ts'
import type { Intake } from '../src/simulate/forecast/ahead.ts'
import { type ForecastInput, forecast } from '../src/simulate/forecast/forecast.ts'
import type { ForecastTeam } from '../src/simulate/forecast/lead-book.ts'
import { type Behaviour, DEFAULT_BEHAVIOUR, type Rate } from '../src/simulate/forecast/rates.ts'
import type { FlowForecast } from '../src/simulate/forecast/result.ts'
import type { SalesRep } from '../src/simulate/world/team.ts'
import type { ContactState } from '../src/state/contact.ts'
import { emptyState } from '../src/state/empty.ts'
import { buildGraph } from './build.ts'
import { samplePerson } from './sample-run.ts'

export const FROM = Date.parse('2026-01-05T00:00:00Z')
export const set = (share: number): Rate => ({ from: 'set', share })
export const measured = (yes: number, no: number): Rate => ({ from: 'measured', yes, no, of: 'test' })

export const person = (i: number, more: Partial<ContactState['person']> = {}) =>
  emptyState(
    samplePerson({ id: i, key: `p${i}@example.com`, fields: { email: `p${i}@example.com` }, consent: { marketing: true }, ...more }),
  )
export const people = (count: number) => Array.from({ length: count }, (_, i) => person(i))
export const sampleOf = (all: readonly ContactState[]) => ({ count: all.length, at: (place: number) => all[place] ?? person(place) })

export const rep = (id: string, more: Partial<SalesRep> = {}): SalesRep => ({
  id,
  name: id,
  weight: 1,
  cap: null,
  active: true,
  absences: [],
  ...more,
})
export const team = (more: Partial<ForecastTeam> = {}): ForecastTeam => ({
  id: 'team_inbound',
  name: 'Inbound',
  reps: [rep('ann'), rep('bob')],
  hours: null,
  queueMinutes: null,
  levelMinutes: 60,
  ...more,
})

/** Comes in, gets a mail, waits for a click, is handed over if there was one. */
export const clickers = (days = 3, leaveAt: 'first-answer' | 'final-outcome' = 'first-answer'): FlowGraph =>
  buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'manual' } }],
      ['mail', 'send-email', { templateId: 'tpl_recording', ifNotSent: 'port' }],
      [
        'w',
        'wait',
        {
          v: 2,
          slot: 1,
          until: {
            kind: 'event',
            branches: [{ id: 'yes', name: '', match: { kind: 'event', type: 'mail.clicked', where: [] } }],
            timeOut: { amount: days, unit: 'days' },
          },
        },
      ],
      ['sales', 'hand-to-sales', { teamId: 'team_inbound', why: 'Clicked', note: '', fields: [], leaveAt }],
      ['end', 'exit', { label: 'Done', finished: true }],
      ['out', 'exit', { label: 'Lost', finished: false }],
    ],
    [
      'in.out>mail',
      'mail.sent>w',
      'mail.not-sent>out',
      'w.yes>sales',
      'w.time-out>out',
      ...(leaveAt === 'first-answer' ? ['sales.accepted>end'] : ['sales.converted>end', 'sales.lost>out']),
      'sales.rejected>out',
      'sales.overflow>out',
    ],
  )
/** The same without sales: contacts share nothing. */
export const alone = (): FlowGraph =>
  buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'manual' } }],
      ['mail', 'send-email', { templateId: 'tpl_recording', ifNotSent: 'port' }],
      ['w', 'wait', { v: 2, slot: 1, until: { kind: 'duration', amount: 2, unit: 'days' } }],
      ['end', 'exit', { label: 'Done', finished: true }],
    ],
    ['in.out>mail', 'mail.sent>w', 'mail.not-sent>end', 'w.out>end'],
  )

export const behaving = (
  more: { clicked?: Rate; opened?: Rate; answered?: Rate; accepted?: Rate; won?: Rate; opportunity?: Rate; value?: number | null } = {},
): Behaviour => ({
  ...DEFAULT_BEHAVIOUR,
  mail: {
    ...DEFAULT_BEHAVIOUR.mail,
    opened: more.opened ?? set(0.4),
    clicked: more.clicked ?? set(0.2),
    replied: set(0),
    bounced: set(0),
    unsubscribed: set(0),
  },
  lead: {
    answered: more.answered ?? set(1),
    accepted: more.accepted ?? set(0.5),
    won: more.won ?? set(0.5),
    opportunity: more.opportunity ?? set(0.5),
    voicemail: set(0),
    reasons: [],
    value: more.value ?? null,
    minutes: 60,
  },
})

export const everybody: Intake[] = [{ node: 'in', how: 'everybody', days: 0 }]
export const input = (plan: Plan, more: Partial<ForecastInput> = {}): ForecastInput => ({
  plan,
  flowId: 'f',
  sample: sampleOf(people(200)),
  people: 200,
  from: FROM,
  days: 30,
  seed: 's',
  behaviour: behaving(),
  intake: everybody,
  teams: [team()],
  draws: 5,
  ...more,
})

export function run(of: ForecastInput): FlowForecast {
  const steps = forecast(of)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
export const node = (of: FlowForecast, id: string) => of.nodes.find((it) => it.node === id)
export const edge = (of: FlowForecast, id: string, port: string) => of.edges.find((it) => it.node === id && it.port === port)
