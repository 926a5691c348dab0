import { DAY } from '@baton/leads'
import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../../fixtures/index.ts'
import { buildGraph } from '../../../testing/build.ts'
import { behaving, edge, everybody, FROM, input, people, rep, run, sampleOf, set, team } from '../../../testing/forecasts.ts'
import type { PublishedModel } from '../../scoring/schema.ts'
import { walkGround } from '../walk/ground.ts'
import { playWalk, type WalkDecision } from '../walk/index.ts'
import type { FlowForecast } from './result.ts'

/** Comes in, gets a mail, and after three days whoever has 20 points of engagement is handed over. */
const thresholds = buildGraph(
  [
    ['in', 'trigger', { on: { kind: 'manual' } }],
    ['mail', 'send-email', { templateId: 'tpl_recording', ifNotSent: 'port' }],
    ['w', 'wait', { v: 2, slot: 1, until: { kind: 'duration', amount: 3, unit: 'days' } }],
    [
      'b',
      'branch',
      {
        cases: [
          {
            id: 'hot',
            name: 'Hot',
            when: { combinator: 'and', rules: [{ subject: { kind: 'score', dimension: 'engagement' }, op: 'ge', value: 20 }] },
          },
        ],
      },
    ],
    [
      'sales',
      'hand-to-sales',
      {
        ...{ v: 2, teamId: 'team_inbound', why: 'Hot', note: '', fields: [], voicemail: { attempts: 2 } },
        rejectWays: [{ id: 'later', label: 'Later', reasons: ['No budget this year'] }],
      },
    ],
    ['end', 'exit', { label: 'Done', finished: true }],
  ],
  [
    ...['in.out>mail', 'mail.sent>w', 'mail.not-sent>end', 'w.out>b', 'b.hot>sales', 'b.otherwise>end', 'sales.accepted>end'],
    ...['sales.rejected>end', 'sales.way:later>end', 'sales.no-response>end', 'sales.overflow>end', 'sales.voicemail>w'],
  ],
)
const clicked: PublishedModel = {
  version: 3,
  rules: [
    {
      kind: 'behaviour',
      id: 'click',
      name: '',
      dimension: 'engagement',
      points: 3000,
      event: 'mail.clicked',
      where: [],
      atMost: null,
      since: 3,
      words: 'Clicks',
    },
    {
      kind: 'behaviour',
      id: 'other',
      name: '',
      dimension: 'fit',
      points: 3000,
      event: 'page.viewed',
      where: [],
      atMost: null,
      since: 3,
      words: 'Looks',
    },
  ],
  grade: null,
}
function groundWith(scoring: PublishedModel | null) {
  const ground = walkGround({ flowId: 'f', graph: thresholds, catalog: sampleCatalog, segments: [], scoring })
  if ('issues' in ground) throw new Error(JSON.stringify(ground.issues))
  return ground.ok
}
const forecastWith = (scoring: PublishedModel | null, behaviour = behaving({ clicked: set(0.5) })): FlowForecast =>
  run(input(groundWith(scoring).plan, { days: 20, draws: 3, behaviour, teams: [team({ reps: [rep('ann')] })], intake: everybody }))
const through = (of: FlowForecast, node: string, port: string) => edge(of, node, port)?.people.mid ?? 0

describe('S-49 score rules give points while people are played', () => {
  test('a forecast moves people over a threshold by a rule', () => {
    expect(through(forecastWith(null), 'b', 'hot')).toBe(0)
    const hot = through(forecastWith(clicked), 'b', 'hot')
    expect(hot).toBeGreaterThan(70)
    expect(hot).toBeLessThan(130)
  })

  test('only rules of scores that the flow asks for are played', () => {
    expect([...(groundWith(clicked).plan.scoring?.behaviours.keys() ?? [])]).toEqual(['mail.clicked'])
  })

  test('a walk gets the points when it happens, and the branch says what it saw', () => {
    const [somebody] = people(1)
    if (!somebody) throw new Error('nobody')
    const start = { at: FROM, state: somebody, fresh: false, entrance: { do: 'enrol' as const, node: 'in' } }
    const click: WalkDecision = { do: 'happen', at: FROM + DAY, what: { do: 'event', type: 'mail.clicked', props: {} } }
    const walk = playWalk(groundWith(clicked), start, [click, { do: 'until', at: FROM + 4 * DAY }])
    const step = walk.moments.flatMap((it) => it.steps).find((it) => it.node === 'b')
    expect(step).toMatchObject({ port: 'hot' })
    expect(JSON.stringify(step?.reason)).toContain('30')
  })
})

describe('S-48 voicemails and reasons go by shares', () => {
  const all = { answered: set(1), accepted: set(0), won: set(0) }
  const lead = (more: object) => ({ ...behaving({ clicked: set(1), ...all }), lead: { ...behaving(all).lead, ...more } })

  test('a voicemail every time: nobody answers, and all come back unanswered', () => {
    const of = forecastWith(clicked, lead({ voicemail: set(1) }))
    expect(through(of, 'sales', 'voicemail')).toBe(200)
    expect(of.totals.noResponse.mid).toBe(200)
    expect(of.totals.voicemails.mid).toBe(400)
    expect(through(of, 'sales', 'no-response')).toBe(200)
  })

  test('reasons choose the way, by what their shares add up to', () => {
    const reasons = [
      { why: 'No budget this year', share: set(0.6) },
      { why: 'No need', share: set(0.2) },
    ]
    const of = forecastWith(clicked, lead({ reasons }))
    expect(through(of, 'sales', 'way:later')).toBeGreaterThan(125)
    expect(through(of, 'sales', 'way:later')).toBeLessThan(175)
    expect(through(of, 'sales', 'way:later') + through(of, 'sales', 'rejected')).toBe(200)
  })

  test('a reason for which a step has a way is drawn also where nobody counted it', () => {
    expect(through(forecastWith(clicked, lead({})), 'sales', 'way:later')).toBe(200)
  })

  test('S-47 each try throws anew: half of the voicemails are followed by an answer', () => {
    const of = forecastWith(clicked, lead({ voicemail: set(0.5) }))
    expect(through(of, 'sales', 'voicemail')).toBeGreaterThan(75)
    expect(of.totals.noResponse.mid).toBeGreaterThan(30)
    expect(of.totals.noResponse.mid).toBeLessThan(70)
  })
})

describe('what each team would get and take', () => {
  test('S-26 leads, those that somebody got, and those nobody could take; and how long reps were full', () => {
    const silent = { ...behaving({ clicked: set(1), answered: set(0) }) }
    const plan = groundWith(clicked).plan
    const teams = [team({ reps: [rep('ann', { cap: 10 })], queueMinutes: 60 })]
    const of = run(input(plan, { days: 20, sample: sampleOf(people(50)), people: 50, draws: 3, behaviour: silent, teams }))
    expect(of.teams).toMatchObject([
      { teamId: 'team_inbound', leads: { mid: 50 }, taken: { mid: 10 }, overflow: { mid: 40 }, waiting: { mid: 0 } },
    ])
    expect(of.reps[0]?.full.mid).toBeGreaterThan(0.8)
  })

  test('S-51 what reps have already, and who waits already, leaves less room from the beginning on', () => {
    const silent = { ...behaving({ clicked: set(1), answered: set(0) }) }
    const carries = { open: 60, count: 60, credit: 0, creditAt: null, present: true, lastAt: FROM - DAY }
    const teams = [team({ reps: [rep('ann', { cap: 100, carries })], queueMinutes: 60, waiting: 30 })]
    // Each of the sample stands for ten.
    const plan = groundWith(clicked).plan
    const of = run(input(plan, { days: 20, sample: sampleOf(people(50)), people: 500, draws: 3, behaviour: silent, teams }))
    expect(of.teams).toMatchObject([{ leads: { mid: 500 }, taken: { mid: 10 }, overflow: { mid: 490 } }])
  })
})
