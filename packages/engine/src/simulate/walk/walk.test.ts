import { DAY, HOUR, MINUTE } from '@baton/leads'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../../fixtures/index.ts'
import { arbitraryProgramme, buildGraph, planOf, programmeCatalog, samplePerson } from '../../../testing/index.ts'
import { emptyState } from '../../state/empty.ts'
import { drawDecision, mailChoice, walkChoices } from './choices.ts'
import { walkEntrances } from './entrances.ts'
import { walkGround } from './ground.ts'
import { playWalk } from './play.ts'
import type { Happening, WalkDecision, WalkGround, WalkStart } from './walk.ts'

const NOW = Date.UTC(2026, 2, 2, 9)
const person = samplePerson({
  key: 'ada@example.com',
  zone: 'UTC',
  fields: { email: 'ada@example.com', company: 'Kiesel' },
  consent: { marketing: true },
})
const ada = emptyState(person)
const hand: Happening = { do: 'enrol', node: 'in' }
const from = (entrance: Happening | null = hand, over: Partial<WalkStart> = {}): WalkStart => ({
  at: NOW,
  state: ada,
  fresh: false,
  entrance,
  ...over,
})
const first = ['in', 'trigger', { on: { kind: 'manual' } }] as const
const exit = (id: string) => [id, 'exit', { label: id }] as const
const mail = ['m', 'send-email', { templateId: 'tpl_recording' }] as const
const groundOf = (nodes: Parameters<typeof buildGraph>[0], ways: readonly string[], settings: Parameters<typeof buildGraph>[2] = {}) => {
  const graph = buildGraph(nodes, ways, settings)
  const made = walkGround({ flowId: 'f', graph, catalog: sampleCatalog, segments: [] })
  if ('issues' in made) throw new Error(made.issues.map((it) => it.say).join(' '))
  return { ground: made.ok, graph }
}
const on: WalkDecision = { do: 'on' }
const happen = (what: Happening, after = 0): WalkDecision => ({ do: 'happen', at: NOW + after, what })
const event = (type: string, props: Record<string, unknown> = {}): Happening => ({ do: 'event', type, props })
const path = (ground: WalkGround, start: WalkStart, decisions: readonly WalkDecision[]) =>
  playWalk(ground, start, decisions).moments.flatMap((it) => it.steps.map((step) => `${(step.at - NOW) / HOUR} ${step.node} ${step.port}`))

const clicked = { id: 'clicked', name: 'Clicked', match: { kind: 'event', type: 'mail.clicked', where: [] } }
const waiting = [
  'w',
  'wait',
  { v: 2, slot: 1, until: { kind: 'event', branches: [clicked], timeOut: { amount: 3, unit: 'days' } } },
] as const

describe('walk', () => {
  const { ground, graph } = groundOf(
    [first, mail, waiting, ['h', 'hand-to-sales', { teamId: 'team_inbound', why: 'Clicked' }], exit('yes'), exit('no'), exit('late')],
    ['in.out>m', 'm.sent>w', 'w.clicked>h', 'w.time-out>late', 'h.accepted>yes', 'h.rejected>no', 'h.overflow>no'],
  )
  const sent = playWalk(ground, from(), [])

  test('W-1 rests where the engine rests, with the mail that went out and what may happen', () => {
    expect(sent.here).toEqual({ how: 'rests', node: 'w', since: NOW, due: NOW + 3 * DAY, visit: 1 })
    expect(sent.mails).toEqual([
      expect.objectContaining({ templateId: 'tpl_recording', node: 'm', at: NOW, fields: { email: 'ada@example.com', company: 'Kiesel' } }),
    ])
    expect(sent.moments.flatMap((it) => it.steps.map((step) => step.reason.code))).toEqual(['trigger.manual', 'send.queued'])
    const deeds = walkChoices(ground, graph, sent).map((it) => (it.kind === 'mail' ? it.deed : it.kind))
    expect(deeds).toEqual(['opened', 'clicked', 'replied', 'unsubscribed', 'bounced', 'complained'])
  })

  test.each<[string, WalkDecision[], string[]]>([
    ['nothing happens', [on], ['72 w time-out', '72 late end']],
    ['time passes, not long enough', [{ do: 'until', at: NOW + DAY }], []],
    ['time passes', [{ do: 'until', at: NOW + 4 * DAY }], ['72 w time-out', '72 late end']],
    ['clicks', [happen(event('mail.clicked'), 2 * HOUR)], ['2 w clicked']],
    ['clicks too late: the time-out comes first', [happen(event('mail.clicked'), 80 * HOUR)], ['72 w time-out', '72 late end']],
    ['opens, which nobody waits for', [happen(event('mail.opened'), HOUR)], []],
    [
      'clicks, sales accepts',
      [happen(event('mail.clicked'), HOUR), happen({ do: 'sales', answer: 'accepted', rep: 'Rep', why: '', note: null }, 5 * HOUR)],
      ['1 w clicked', '5 h accepted', '5 yes end'],
    ],
    [
      'clicks, sales rejects with a reason',
      [
        happen(event('mail.clicked'), HOUR),
        happen({ do: 'sales', answer: 'rejected', rep: 'Rep', why: 'no-budget', note: 'Next year' }, 5 * HOUR),
      ],
      ['1 w clicked', '5 h rejected', '5 no end'],
    ],
    [
      'clicks, nobody can take it',
      [happen(event('mail.clicked'), HOUR), happen({ do: 'overflow' }, 2 * HOUR)],
      ['1 w clicked', '2 h overflow', '2 no end'],
    ],
    ['sales never answers by itself', [happen(event('mail.clicked'), HOUR), on], ['1 w clicked']],
  ])('W-2 %s', (_, decisions, steps) => {
    expect(path(ground, from(), decisions)).toEqual(['0 in out', '0 m sent', ...steps])
  })

  test('W-3 each step says why, with what it saw: the reason that sales gave, the event that let go', () => {
    const word = { do: 'sales' as const, answer: 'rejected' as const, rep: 'Mara', why: 'no-budget', note: null }
    const { moments, lead } = playWalk(ground, from(), [
      happen(event('mail.clicked', { url: 'https://x.example/' }), HOUR),
      happen(word, 2 * HOUR),
    ])
    const reasons = moments.flatMap((it) => it.steps.map((step) => step.reason))
    expect(reasons).toContainEqual(
      expect.objectContaining({ code: 'wait.event', branch: 'clicked', type: 'mail.clicked', occurredAt: NOW + HOUR }),
    )
    expect(reasons).toContainEqual(expect.objectContaining({ code: 'handoff.rejected', by: 'Mara', why: 'no-budget' }))
    expect(lead).toBeNull()
  })

  test('W-4 the lead that a rep would get is there to look at, and waits for an answer', () => {
    const walk = playWalk(ground, from(), [happen(event('mail.clicked'), HOUR)])
    expect(walk.lead).toMatchObject({ teamId: 'team_inbound', state: 'assigned', node: 'h' })
    expect(walk.moments.flatMap((it) => it.leads)).toEqual([
      expect.objectContaining({ node: 'h', packet: expect.objectContaining({ why: 'Clicked' }) }),
    ])
    expect(walk.goesOn).toBe(false)
    const answers = walkChoices(ground, graph, walk).filter((it) => it.kind === 'lead')
    expect(answers.map((it) => it.answer)).toEqual(['accepted', 'rejected', 'wrong-number', 'given-back', 'overflow'])
  })

  test('W-5 who unsubscribes or bounces gets no more mail', () => {
    const again = groundOf(
      [
        first,
        mail,
        ['p', 'wait', { until: { kind: 'duration', amount: 1, unit: 'days' } }],
        ['n', 'send-email', { templateId: 'tpl_recording', ifNotSent: 'port' }],
        exit('x'),
        exit('y'),
      ],
      ['in.out>m', 'm.sent>p', 'p.out>n', 'n.sent>x', 'n.not-sent>y'],
    )
    const got = playWalk(again.ground, from(), []).mails[0]
    if (!got) throw new Error('No mail went out')
    for (const deed of ['unsubscribed', 'bounced'] as const) {
      const walked = path(again.ground, from(), [happen(mailChoice(got, deed).what, HOUR), on])
      expect(walked.slice(2)).toEqual(['24 p out', '24 n not-sent', '24 y end'])
    }
    expect(path(again.ground, from(), [on]).slice(2)).toEqual(['24 p out', '24 n sent', '24 x end'])
  })

  test('W-6 a call waits for its answer; when something else is decided, nobody has answered it', () => {
    const call = [
      'c',
      'webhook',
      { url: 'https://example.com/hook', body: { kind: 'chosen', fields: [] }, save: [{ path: 'grade', as: 'grade', type: 'text' }] },
    ] as const
    const called = groundOf([first, call, exit('ok'), exit('bad')], ['in.out>c', 'c.answered>ok', 'c.failed>bad'])
    const rest = playWalk(called.ground, from(), [])
    expect(rest.calls).toEqual([expect.objectContaining({ node: 'c' })])
    expect(rest.goesOn).toBe(true)
    const answer: Happening = { do: 'webhook', flowId: null, node: 'c', status: 200, data: { grade: 'A' }, why: null }
    const walk = playWalk(called.ground, from(), [happen(answer, MINUTE)])
    expect(walk.moments.at(-1)?.steps[0]?.reason).toMatchObject({ code: 'webhook.answered', saved: { grade: 'A' } })
    expect(path(called.ground, from(), [on]).slice(1)).toEqual(['0 c failed', '0 bad end'])
    const told = groundOf([first, call, mail, exit('ok'), exit('bad')], ['in.out>c', 'c.answered>m', 'm.sent>ok', 'c.failed>bad'])
    expect(playWalk(told.ground, from(), [happen(answer, MINUTE)]).mails).toEqual([expect.objectContaining({ carried: { grade: 'A' } })])
    expect(path(called.ground, from(), [{ do: 'until', at: NOW + HOUR }]).slice(1)).toEqual(['0 c failed', '0 bad end'])
    expect(path(called.ground, from(), [happen({ ...answer, status: 500, why: 'answered 500' })]).slice(1)).toEqual([
      '0 c failed',
      '0 bad end',
    ])
  })

  test('W-7 a field that changes, and an event of their own, are heard by goals and rules for leaving', () => {
    const bought = {
      combinator: 'and' as const,
      rules: [
        {
          subject: { kind: 'event' as const, type: 'order.paid', where: [], window: { kind: 'ever' as const } },
          op: 'ge' as const,
          value: 1,
        },
      ],
    }
    const rule = {
      combinator: 'and' as const,
      rules: [{ subject: { kind: 'field' as const, key: 'plan' }, op: 'is' as const, value: 'paid' }],
    }
    const watched = groundOf(
      [
        first,
        ['p', 'wait', { until: { kind: 'duration', amount: 9, unit: 'days' } }],
        ['g', 'goal', { when: bought, reached: 'leave' }],
        exit('x'),
      ],
      ['in.out>p', 'p.out>x', 'g.not-reached>x'],
      { exitWhen: rule },
    )
    const rest = playWalk(watched.ground, from(), [])
    expect(walkChoices(watched.ground, watched.graph, rest)).toEqual([
      { kind: 'event', type: 'order.paid', what: event('order.paid') },
      { kind: 'field', key: 'plan' },
    ])
    expect(playWalk(watched.ground, from(), [happen(event('order.paid'), HOUR)]).here).toMatchObject({ how: 'over', ended: 'reached' })
    expect(playWalk(watched.ground, from(), [happen({ do: 'fields', set: { plan: 'paid' } }, HOUR)]).here).toMatchObject({
      how: 'over',
      ended: 'exit-rule',
    })
  })

  test('W-8 who is not let in is told why', () => {
    const walk = playWalk(ground, from({ do: 'enrol', node: 'gone' }), [])
    expect(walk.here).toEqual({ how: 'not-in' })
    expect(walk.moments[0]?.refused).toEqual(['closed'])
  })
})

describe('entrances', () => {
  const where = [{ key: 'minutes', op: 'ge', value: 10 }]
  test.each([
    [
      'event',
      { kind: 'event', type: 'webinar.attended', where, key: null },
      { do: 'event', type: 'webinar.attended', props: { minutes: 10 } },
    ],
    [
      'event, once per order',
      { kind: 'event', type: 'order.paid', where: [], key: 'order' },
      { do: 'event', type: 'order.paid', props: { order: 'A-1' } },
    ],
    ['form', { kind: 'form', formId: 'frm_demo', keep: [] }, { do: 'event', type: 'form.submitted', props: { form: 'frm_demo' } }],
    [
      'a stage',
      { kind: 'sales', what: 'stage', stage: 'customer', where: [] },
      { do: 'event', type: 'lifecycle.changed', props: { to: 'customer' } },
    ],
    ['a field', { kind: 'field', field: 'plan', to: { op: 'is', value: 'paid' } }, { do: 'fields', set: { plan: 'paid' } }],
    ['any change of a field', { kind: 'field', field: 'plan' }, { do: 'enrol', node: 'in', by: 'hand' }],
    ['a program', { kind: 'api' }, { do: 'enrol', node: 'in', by: 'program' }],
    ['a flow', { kind: 'flow' }, { do: 'enrol', node: 'in', by: 'flow' }],
    ['hands', { kind: 'manual' }, { do: 'enrol', node: 'in', by: 'hand' }],
  ])('W-9 %s: the proposal lets in', (_, on, proposal) => {
    const { ground, graph } = groundOf([['in', 'trigger', { v: 2, on }], exit('x')], ['in.out>x'])
    const [entrance] = walkEntrances(ground, graph, from(null))
    expect(entrance?.proposal).toEqual(proposal)
    expect(playWalk(ground, from(entrance?.proposal ?? null), []).here).toMatchObject({ how: 'over', ended: 'finished' })
  })

  test('W-9 whoever does not fit the segment is told what its condition saw, and may come to fit it', () => {
    const graph = buildGraph([['in', 'trigger', { v: 2, on: { kind: 'segment', segmentId: 'seg_x' } }], exit('x')], ['in.out>x'])
    const condition = {
      combinator: 'and' as const,
      rules: [{ subject: { kind: 'field' as const, key: 'plan' }, op: 'is' as const, value: 'paid' }],
    }
    const catalog = { ...sampleCatalog, segments: [{ id: 'seg_x', name: 'Paying' }] }
    const made = walkGround({ flowId: 'f', graph, catalog, segments: [{ id: 'seg_x', condition }] })
    if ('issues' in made) throw new Error('It does not compile')
    const start = from(null, { fresh: true })
    const [entrance] = walkEntrances(made.ok, graph, start)
    expect(entrance).toMatchObject({ proposal: null, fits: { truth: null, rules: [{ truth: null }] } })
    const outside = playWalk(made.ok, start, [])
    expect(outside.here).toEqual({ how: 'not-in' })
    expect(walkChoices(made.ok, graph, outside)).toEqual([{ kind: 'field', key: 'plan' }])
    expect(path(made.ok, start, [happen({ do: 'fields', set: { plan: 'paid' } }, HOUR)])).toEqual(['1 in out', '1 x end'])
  })

  test('W-9 a date comes by itself', () => {
    const { ground, graph } = groundOf(
      [
        ['in', 'trigger', { v: 2, on: { kind: 'date', field: 'trial_ends', amount: 1, unit: 'days', side: 'before', time: '09:00' } }],
        exit('x'),
      ],
      ['in.out>x'],
    )
    const state = { ...ada, person: { ...person, fields: { ...person.fields, trial_ends: '2026-03-10' } } }
    for (const fresh of [true, false]) {
      const start = from(null, { state, fresh })
      expect(walkEntrances(ground, graph, start)[0]?.proposal).toBeNull()
      expect(path(ground, start, [on])).toEqual(['168 in out', '168 x end'])
    }
  })
})

describe('properties', () => {
  const decisions = fc.array(
    fc.oneof(
      fc.constant<WalkDecision>({ do: 'on' }),
      fc.integer({ min: 0, max: 40 * 24 }).map((hours): WalkDecision => ({ do: 'until', at: NOW + hours * HOUR })),
      fc
        .record({ hours: fc.integer({ min: 0, max: 900 }), type: fc.constantFrom(...programmeCatalog.eventTypes, 'mail.clicked') })
        .map(({ hours, type }): WalkDecision => ({ do: 'happen', at: NOW + hours * HOUR, what: event(type, { url: 'x', amount: 29 }) })),
      fc.constantFrom<WalkDecision>(
        { do: 'happen', at: NOW, what: { do: 'sales', answer: 'accepted', rep: 'Rep', why: '', note: null } },
        { do: 'happen', at: NOW, what: { do: 'webhook', flowId: null, node: null, status: 200, data: { city: 'Berlin' }, why: null } },
        { do: 'happen', at: NOW, what: { do: 'overflow' } },
      ),
    ),
    { minLength: 1, maxLength: 8 },
  )
  const start = arbitraryProgramme.map(({ flows, segments, contacts }) => {
    const plan = planOf(flows, segments, programmeCatalog)
    const teams = [{ id: 'team_a', reps: [], hours: null, queueMinutes: null }]
    const ground: WalkGround = { plan, flowId: 'a', teams }
    const state = contacts[0]?.state ?? ada
    return { ground, start: { at: NOW, state, fresh: true, entrance: { do: 'enrol', node: 't0' } } satisfies WalkStart }
  })

  test('W-10 forward, then back, is where one was; the same decisions give the same walk', () => {
    fc.assert(
      fc.property(start, decisions, ({ ground, start: begin }, all) => {
        const before = playWalk(ground, begin, all.slice(0, -1))
        const forward = playWalk(ground, begin, all)
        expect(forward.moments.slice(0, before.moments.length)).toEqual(before.moments)
        expect(forward.now).toBeGreaterThanOrEqual(before.now)
        expect(playWalk(ground, begin, all.slice(0, -1))).toEqual(before)
      }),
      { numRuns: 60, seed: 6 },
    )
  })

  test('W-11 what is drawn is drawn again by the same seed', () => {
    fc.assert(
      fc.property(start, fc.string({ maxLength: 8 }), ({ ground, start: begin }, seed) => {
        const drawn = (): WalkDecision[] => {
          const taken: WalkDecision[] = []
          for (let i = 0; i < 6; i++) {
            const walk = playWalk(ground, begin, taken)
            const choices = walkChoices(
              ground,
              {
                format: 1,
                nodes: [],
                edges: [],
                settings: { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
              },
              walk,
            )
            taken.push(drawDecision(walk, choices, taken.length, seed))
          }
          return taken
        }
        expect(drawn()).toEqual(drawn())
      }),
      { numRuns: 25, seed: 7 },
    )
  })
})
