import { DAY, HOUR } from '@baton/leads'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  arbitraryProgramme,
  buildGraph,
  planOf,
  programmeCatalog,
  runInMemory,
  samplePerson,
  worldAnswers,
} from '../../../testing/index.ts'
import { emptyState, type InboxItem, type JournalLine, journalLines, sortJournal } from '../../index.ts'
import type { Coming } from '../world/coming.ts'
import { Queue } from '../world/queue.ts'
import { createWorld, type World } from '../world/world.ts'
import { Agenda } from './agenda.ts'
import { type Player, type PlayOptions, play, playAlone } from './play.ts'
import { scheduledTimes } from './schedules.ts'

/** Answers like `worldAnswers` of the tests in memory, so that the two ways of playing can be compared. */
function testWorld(): World {
  let open: { contact: string; coming: Coming }[] = []
  let since = 0
  return {
    told(contact, result, at) {
      for (const coming of worldAnswers(result, at)) open.push({ contact, coming })
      since = at
    },
    next: () => (open.length > 0 ? since : null),
    route: () => [],
    act() {
      const now = open
      open = []
      return now
    },
    heard: () => undefined,
    sales: { waiting: () => 0, held: () => undefined, fullSpans: () => [] },
  }
}

function together(players: readonly Player[], options: Omit<PlayOptions, 'onTurn'>) {
  const lines: JournalLine[] = []
  const onTurn = ({ before, result }: { before: Player['state']; result: Parameters<typeof journalLines>[1] }) =>
    lines.push(...journalLines(before.person.key, result))
  const run = play(players, { ...options, onTurn })
  for (;;) {
    const step = run.next()
    if (step.done) return { journal: sortJournal(lines), contacts: step.value }
  }
}

describe('who is next', () => {
  test('S-11 the earliest first, then the lower place', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 60 }), (pairs) => {
        const queue = new Queue()
        for (const [at, place] of pairs) queue.push(at, place)
        const out: [number, number][] = []
        for (let at = queue.next, place = queue.pop(); place !== undefined; at = queue.next, place = queue.pop()) out.push([at, place])
        expect(out).toEqual([...pairs].sort((a, b) => a[0] - b[0] || a[1] - b[1]))
        expect(queue.next).toBe(Number.POSITIVE_INFINITY)
      }),
      { seed: 20261122 },
    )
  })

  test('S-11 what comes at the same time stays in the order in which it was put down', () => {
    const item = (at: number, segmentId: string): InboxItem => ({ kind: 'recheck', at, segmentId })
    const agenda = new Agenda([item(2, 'b'), item(1, 'a'), item(2, 'c')])
    agenda.add(item(2, 'd'))
    agenda.add(item(1, 'e'))
    expect(agenda.next).toBe(1)
    const ids = (now: number) => agenda.take(now).map((it) => (it.kind === 'recheck' ? it.segmentId : ''))
    expect([ids(0), ids(1), ids(2), agenda.next]).toEqual([[], ['a', 'e'], ['b', 'c', 'd'], Number.POSITIVE_INFINITY])
  })
})

describe('playing', () => {
  test('S-10 S-12 S-14 all at once, one by one, without what nobody reads, and the run in memory come to the same journal and the same people', () => {
    fc.assert(
      fc.property(arbitraryProgramme, ({ flows, segments, contacts }) => {
        const plan = planOf(flows, segments, programmeCatalog)
        const first = contacts[0]?.items[0]?.at ?? 0
        const until = first + 60 * DAY
        const known = runInMemory(plan, contacts, until, { seed: 's', react: worldAnswers })
        const players = contacts.map(({ state, items }) => ({ state, coming: items }))
        const all = together(players, { plan, until, seed: 's', world: testWorld() })
        expect(all.journal).toEqual(known.journal)
        expect(all.contacts).toEqual(known.contacts)
        const aside = together(players, { plan, until, seed: 's', world: testWorld(), unreadAside: true })
        expect(aside.journal).toEqual(known.journal)
        const alone = players.map((player, place) =>
          playAlone(player, place, { plan, until, seed: 's', world: testWorld(), onTurn: () => {} }),
        )
        expect(alone).toEqual(known.contacts)
      }),
      { seed: 20261122, numRuns: 60 },
    )
  })

  const enrol = (at: number): InboxItem => ({ kind: 'enrol', at, flowId: 'f', node: 'in', key: '', source: { kind: 'user', id: 'u' } })
  const person = (key: string) => emptyState(samplePerson({ key, fields: { email: `${key}@example.com` } }))

  test('S-11 a line that people share is one line, in the order of arrival', () => {
    const graph = buildGraph(
      [
        ['in', 'trigger', { on: { kind: 'manual' } }],
        ['t', 'throttle', { count: 1, per: 'hour' }],
        ['end', 'exit', { label: '' }],
      ],
      ['in.out>t', 't.out>end'],
    )
    const plan = planOf({ f: graph })
    const players = ['c', 'a', 'b'].map((key, i) => ({ state: person(key), coming: [enrol(i === 2 ? 0 : 60_000)] }))
    const { journal } = together(players, { plan, until: 5 * HOUR, seed: '', world: createWorld({ teams: [], zone: 'UTC' }) })
    expect(journal.filter((it) => it.node === 't').map((it) => [it.contact, it.time.slice(11, 16)])).toEqual([
      ['b', '00:00'],
      ['a', '01:00'],
      ['c', '02:00'],
    ])
  })

  test('S-11 an answer of a web address has its turn after what sales does at its instant', () => {
    const called = buildGraph(
      [
        ['in', 'trigger', { on: { kind: 'manual' } }],
        ['c', 'webhook', { url: 'https://example.com/hook', body: { kind: 'chosen', fields: [] }, save: [] }],
        ['end', 'exit', { label: '' }],
      ],
      ['in.out>c', 'c.answered>end', 'c.failed>end'],
    )
    const handed = buildGraph(
      [
        ['in', 'trigger', { on: { kind: 'manual' } }],
        ['h', 'hand-to-sales', { v: 2, teamId: 'team_a', why: 'Ready', queueMinutes: null }],
        ['end', 'exit', { label: '' }],
      ],
      ['in.out>h', 'h.accepted>end', 'h.rejected>end', 'h.overflow>end'],
    )
    const plan = planOf({ f: called, g: handed }, [], programmeCatalog)
    const nobody = { id: 'ann', name: 'Ann', weight: 1, cap: 0, active: true, absences: [] }
    const world = createWorld({
      teams: [{ id: 'team_a', reps: [nobody], hours: null, queueMinutes: 60 }],
      zone: 'UTC',
      answers: { call: () => ({ at: HOUR, news: { outcome: 'answered', status: 200, data: null } }) },
    })
    const steps: string[] = []
    const players = [{ state: person('a'), coming: [enrol(0), { ...enrol(0), flowId: 'g' }] }]
    const run = play(players, {
      ...{ plan, until: DAY, seed: '', world },
      onTurn: ({ at, result }) =>
        steps.push(...result.deltas.flatMap((it) => (it.port === null || it.node === 'in' ? [] : [`${at / HOUR} ${it.node} ${it.port}`]))),
    })
    while (!run.next().done);
    expect(steps).toEqual(['1 h overflow', '1 end end', '1 c answered', '1 end end'])
  })

  const mailOnce = (id: string) =>
    [id, 'send-email', { v: 2, templateId: 'tpl_receipt', again: { when: 'never' }, ifNotSent: { do: 'port' } }] as const
  const day = ['w', 'wait', { until: { kind: 'duration', amount: 1, unit: 'days' } }] as const

  test.each([false, true])('S-50 a mail that went out is not taken back by leaving later (what nobody reads aside: %s)', (unreadAside) => {
    const nodes = [['in', 'trigger', { on: { kind: 'manual' } }] as const, mailOnce('m'), day, ['end', 'exit', { label: '' }] as const]
    const ways = ['in.out>m', 'm.sent>w', 'm.not-sent>end', 'w.out>end']
    const plan = planOf({ f: buildGraph(nodes, ways, { reentry: { when: 'always' } }) }, [], programmeCatalog)
    const remove: InboxItem = { kind: 'remove', at: HOUR, flowId: 'f', key: '', source: { kind: 'user', id: 'u' } }
    const players = [{ state: person('a'), coming: [enrol(0), remove, enrol(2 * HOUR)] }]
    const world = createWorld({ teams: [], zone: 'UTC' })
    const { journal, contacts } = together(players, { plan, until: 2 * DAY, seed: '', world, unreadAside })
    expect(journal.filter((it) => it.node === 'm').map((it) => it.port)).toEqual(['sent', 'not-sent'])
    expect(contacts[0]?.sends.map((it) => it.status)).toEqual(['sent'])
    expect(contacts[0]?.events.filter((it) => it.type === 'mail.withdrawn')).toEqual([])
  })

  test('S-10 an answer of sales without a lead is told, and wakes nobody; nobody, and nothing to do, end at once', () => {
    const plan = planOf({})
    const said: string[] = []
    let turns = 0
    const world = createWorld({ teams: [], zone: 'UTC' })
    const coming = [{ kind: 'lead-answer', at: 1, answer: 'accepted', rep: 'R', why: '', note: null } as const]
    const run = play([{ state: person('a'), coming }], {
      plan,
      world,
      until: 5,
      seed: '',
      onTurn: () => turns++,
      onNoLead: (key) => said.push(key),
    })
    expect(run.next()).toMatchObject({ done: true })
    expect(said).toEqual(['a'])
    expect(turns).toBe(0)
    expect(together([], { plan, until: 5, seed: '', world })).toEqual({ journal: [], contacts: [] })
  })

  test('S-29 others have their turn also while many people take their places', () => {
    let made = 0
    const players = (function* () {
      for (; made < 1_000; made++) yield { state: person(`p${made}`), coming: [] }
    })()
    const run = play(players, { plan: planOf({}), world: createWorld({ teams: [], zone: 'UTC' }), until: 5, seed: '', onTurn: () => {} })
    expect([run.next(), made]).toEqual([{ done: false, value: Number.NEGATIVE_INFINITY }, 99])
    let pauses = 1
    while (!run.next().done) pauses++
    expect([pauses, made]).toEqual([10, 1_000])
  })

  test('S-13 a schedule lets its segment in at each of its times from the beginning on, and nobody else', () => {
    const weekly = { every: 'week', weekdays: [1], weeks: 1, from: '2026-01-05', time: '09:00' }
    const graph = buildGraph(
      [
        ['in', 'trigger', { v: 2, on: { kind: 'schedule', segmentId: 'free', every: weekly } }],
        ['end', 'exit', { label: '' }],
      ],
      ['in.out>end'],
      { reentry: { when: 'always' } },
    )
    const free = {
      combinator: 'and' as const,
      rules: [{ subject: { kind: 'field' as const, key: 'plan' }, op: 'is' as const, value: 'free' }],
    }
    const plan = planOf({ f: graph }, [{ id: 'free', condition: free }])
    const from = Date.parse('2026-01-05T00:00:00Z')
    const until = from + 15 * DAY
    const created: InboxItem = { kind: 'created', at: from, source: { kind: 'import', id: 'i' } }
    const players = ['free', 'paid'].map((kind) => ({
      state: emptyState(samplePerson({ key: kind, fields: { plan: kind } })),
      coming: [created],
    }))
    const times = scheduledTimes(plan, from, until)
    const { journal } = together(players, { plan, until, seed: '', times, world: createWorld({ teams: [], zone: 'UTC' }) })
    expect(journal.filter((it) => it.node === 'in').map((it) => [it.contact, it.time.slice(5, 10), it.reason.code])).toEqual([
      ['free', '01-05', 'trigger.schedule'],
      ['free', '01-12', 'trigger.schedule'],
      ['free', '01-19', 'trigger.schedule'],
    ])
  })

  test('S-13 E-161 schedules of one instant let in by flow, then by trigger', () => {
    const daily = { every: 'day', time: '09:00' }
    const start: ['trigger', Record<string, unknown>] = ['trigger', { v: 2, on: { kind: 'schedule', segmentId: 'free', every: daily } }]
    const graph = buildGraph(
      [
        ['t2', ...start],
        ['t1', ...start],
        ['end', 'exit', { label: '' }],
      ],
      ['t2.out>end', 't1.out>end'],
    )
    const plan = planOf({ g: graph, f: graph }, [
      { id: 'free', condition: { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'plan' }, op: 'is', value: 'free' }] } },
    ])
    const from = Date.parse('2026-01-05T00:00:00Z')
    const starts = scheduledTimes(plan, from, from + DAY).map(({ item }) => item.kind === 'enrol' && [item.flowId, item.node])
    expect(starts).toEqual([
      ['f', 't1'],
      ['f', 't2'],
      ['g', 't1'],
      ['g', 't2'],
    ])
  })

  test('S-13 E-161 whoever waits until the time of a schedule has gone on by then, and is let in again', () => {
    const weekly = { every: 'week', weekdays: [1], weeks: 1, from: '2026-01-05', time: '09:00' }
    const graph = buildGraph(
      [
        ['in', 'trigger', { v: 2, on: { kind: 'schedule', segmentId: 'free', every: weekly } }],
        ['w', 'wait', { until: { kind: 'duration', amount: 7, unit: 'days' } }],
        ['end', 'exit', { label: '' }],
      ],
      ['in.out>w', 'w.out>end'],
      { reentry: { when: 'always' } },
    )
    const plan = planOf({ f: graph }, [
      { id: 'free', condition: { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'plan' }, op: 'is', value: 'free' }] } },
    ])
    const from = Date.parse('2026-01-05T00:00:00Z')
    const until = from + 15 * DAY
    const created: InboxItem = { kind: 'created', at: from, source: { kind: 'import', id: 'i' } }
    const players = [{ state: emptyState(samplePerson({ key: 'a', zone: 'UTC', fields: { plan: 'free' } })), coming: [created] }]
    const times = scheduledTimes(plan, from, until)
    const { journal } = together(players, { plan, until, seed: '', times, world: createWorld({ teams: [], zone: 'UTC' }) })
    expect(journal.map((it) => `${it.time.slice(5, 10)} ${it.node} ${it.port}`)).toEqual([
      '01-05 in out',
      ...['01-12 in out', '01-12 w out', '01-12 end end'],
      ...['01-19 in out', '01-19 w out', '01-19 end end'],
    ])
  })
})
