import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import frozen from '../../fixtures/configs-v1.json' with { type: 'json' }
import { sampleCatalog } from '../../fixtures/index.ts'
import { type ConfigMigration, checkFlow, flowGraph, kindOf, kinds, parseConfig } from '../index.ts'
import { runOf, runs } from './runs.ts'

const all = Object.entries(kinds).map(([type, kind]) => [type, kind] as const)
const words = (type: string, data: Record<string, unknown>) => {
  const kind = kindOf(type)
  const config = kind && parseConfig(kind, data)
  if (!kind || !config || !('ok' in config)) throw new Error(`${type} cannot be read`)
  return kind
    .sentence(config.ok, sampleCatalog)
    .map((it) => (it.kind === 'missing' ? `[${it.text}]` : it.text))
    .join('')
}
const said = (type: string, data: Record<string, unknown>) => {
  const kind = kindOf(type)
  const config = kind && parseConfig(kind, { v: 1, ...data })
  if (!kind || !config || !('ok' in config)) throw new Error(`${type} cannot be read`)
  return (runOf(type)?.check(config.ok, sampleCatalog) ?? []).map((it) => `${it.code} ${it.path}: ${it.say}`)
}

const isClerk = { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'job' }, op: 'is', value: 'clerk' }] }
const way = (id: string, weight: number | null, name = '', holdOut = false) => ({ id, name, weight, holdOut })

describe('the registry', () => {
  test.each(all)('E-94 %s is registered under its own name', (type, kind) => {
    expect(kind.type).toBe(type)
    expect(kindOf(type)).toBe(kind)
  })

  test('E-90 a kind from a newer Baton is not known', () => expect(kindOf('teleport')).toBeUndefined())

  test.each(all)('E-107 a fresh %s can be read, has ports and a sentence, and says in its checks what to choose', (type, kind) => {
    const data = kind.defaults()
    expect(data).toMatchObject({ v: kind.version })
    expect(parseConfig<unknown>(kind, data)).toHaveProperty('ok')
    const graph = flowGraph.parse({ nodes: [{ id: 'n', type, position: { x: 0, y: 0 }, data }], edges: [] })
    for (const { say } of checkFlow(graph, sampleCatalog)) expect(say).toMatch(/[A-Z“].*\.$/)
    expect(words(type, data).length).toBeGreaterThan(3)
  })

  test.each(all)('E-94 the ports of %s have different ids', (_, kind) => {
    const parsed = parseConfig<unknown>(kind, kind.defaults())
    const ports = 'ok' in parsed ? (kindOf(kind.type)?.ports(parsed.ok) ?? []) : []
    expect(new Set(ports.map((it) => it.id)).size).toBe(ports.length)
  })
})

describe('configs through the versions', () => {
  test.each(frozen.map((it) => [`${it.type} ${it.name}`, it] as const))(
    'E-91 what was stored as version 1 reads as ever: %s',
    (_, { type, before, after }) => {
      const kind = kindOf(type)
      if (!kind) throw new Error(`no kind ${type}`)
      expect(parseConfig(kind, before)).toEqual({ ok: after })
    },
  )

  test('every kind has a frozen config', () => expect(new Set(frozen.map((it) => it.type))).toEqual(new Set(Object.keys(kinds))))

  const migrations: ConfigMigration[] = [
    {
      from: 1,
      name: 'minutes become a length',
      up: ({ minutes, ...rest }) => ({ ...rest, v: 2, length: { amount: minutes, unit: 'minutes' } }),
    },
    { from: 2, name: 'a length has a label', up: (config) => ({ ...config, v: 3, label: '' }) },
  ]
  const length = z.object({ amount: z.number(), unit: z.enum(['minutes', 'hours']) })
  const kind = { version: 3, migrations, config: z.object({ v: z.literal(3), length, label: z.string() }) }

  test.each([
    [
      { v: 1, minutes: 5 },
      { v: 3, length: { amount: 5, unit: 'minutes' }, label: '' },
    ],
    [{ minutes: 5 }, { v: 3, length: { amount: 5, unit: 'minutes' }, label: '' }],
    [
      { v: 2, length: { amount: 1, unit: 'hours' } },
      { v: 3, length: { amount: 1, unit: 'hours' }, label: '' },
    ],
    [
      { v: 3, length: { amount: 1, unit: 'hours' }, label: 'x' },
      { v: 3, length: { amount: 1, unit: 'hours' }, label: 'x' },
    ],
  ])('E-91 %j is migrated when read, and stays as it was stored', (before, after) => {
    const stored = JSON.stringify(before)
    expect(parseConfig(kind, Object.freeze(before))).toEqual({ ok: after })
    expect(JSON.stringify(before)).toBe(stored)
  })

  test.each([
    [{ v: 4 }, 'newer-config'],
    [{ v: 0 }, 'config'],
    [{ v: 'x' }, 'config'],
    [{ v: 3 }, 'config'],
  ])('E-90 %j is not read: %s', (data, code) => {
    expect(parseConfig(kind, data)).toMatchObject({ problems: [{ code }, ...(data.v === 3 ? [{ code }] : [])] })
  })

  test.each([
    ['hand-to-sales', { voicemail: { attempts: 150 } }, 'voicemail.attempts', 'At most 100.'],
    ['hand-to-sales', { voicemail: { attempts: -1 } }, 'voicemail.attempts', 'At least 0.'],
    ['hand-to-sales', { voicemail: { attempts: 1.5 } }, 'voicemail.attempts', 'Write a whole number.'],
    ['hand-to-sales', { level: { minutes: 1_000_001, remindBefore: null } }, 'level.minutes', 'At most 1,000,000.'],
    ['exit', { label: 'x'.repeat(81), finished: true }, 'label', 'At most 80 characters.'],
  ])('E-90 %s: what the schema refuses in %j is said so that it can be mended', (type, part, path, message) => {
    const kind = kindOf(type)
    expect(kind && parseConfig<unknown>(kind, { ...kind.defaults(), ...part })).toEqual({ problems: [{ code: 'config', path, message }] })
  })
})

describe('sentences', () => {
  test.each([
    ['trigger', { on: { kind: 'segment', segmentId: 'seg_trial' } }, 'When they join On trial'],
    ['trigger', { on: { kind: 'segment', segmentId: null } }, 'When they join [choose a segment]'],
    ['trigger', { on: { kind: 'event', type: 'order.paid', key: 'order' } }, 'When order.paid happens, once per order'],
    ['trigger', { on: { kind: 'event', type: 'a', where: [{ key: 'n', op: 'ge', value: 1 }] } }, 'When a happens with 1 condition'],
    ['trigger', { on: { kind: 'manual' } }, 'When they are added by hand'],
    ['wait', { until: { kind: 'duration', amount: 1, unit: 'days' } }, 'Wait 1 day'],
    ['wait', { until: { kind: 'duration', amount: 24, unit: 'hours' } }, 'Wait 24 hours'],
    ['wait', { until: { kind: 'duration', amount: null, unit: 'hours' } }, 'Wait [how long]'],
    ['wait', { until: { kind: 'time', time: '09:00', weekdays: [5, 1, 2, 3, 4] } }, 'Wait until 09:00 on a weekday'],
    ['wait', { until: { kind: 'time', time: null, weekdays: [6] } }, 'Wait until [which time] on Sat'],
    ['branch', { cases: [{ id: 'a', name: 'Hot', when: { combinator: 'and', rules: [] } }] }, 'If [add a condition]'],
    [
      'branch',
      {
        cases: [
          {
            id: 'a',
            name: 'Yes',
            when: { combinator: 'and', rules: [{ subject: { kind: 'score', dimension: 'fit' }, op: 'ge', value: 60 }] },
          },
        ],
      },
      'If Fit score is at least 60',
    ],
    [
      'branch',
      { cases: ['Hot', ''].map((name, i) => ({ id: `c${i}`, name, when: { combinator: 'and', rules: [] } })) },
      'Which way: Hot, Case 2, or otherwise',
    ],
    ['score', { dimension: 'fit', points: 10 }, 'Add 10 points to Fit'],
    ['score', { dimension: 'fit', points: -1 }, 'Take 1 point from Fit'],
    ['score', { dimension: null, points: null }, 'Add [how many points] to [choose a score]'],
    ['send-email', { templateId: 'tpl_recording' }, 'Send Recording and slides'],
    ['send-email', { templateId: null }, 'Send [choose a mail]'],
    ['update-field', { field: 'newsletter', action: { do: 'set', value: false } }, 'Set Newsletter to no'],
    ['update-field', { field: 'job', action: { do: 'clear' } }, 'Empty Job'],
    ['update-field', { field: null, action: { do: 'set', value: null } }, 'Set [choose a field] to [choose a value]'],
    ['hand-to-sales', { teamId: 'team_phone', why: '' }, 'Hand to Phone team'],
    ['exit', { label: 'Let go', finished: false }, 'Leave: Let go'],
    ['exit', { label: '' }, 'Finish'],
    ['goal', { when: { combinator: 'and', rules: [] } }, 'Leave as reached once [say what counts as reached]'],
    ['goal', { when: isClerk, reached: 'jump' }, 'Come here once Job is clerk'],
    ['split', { ways: [way('a', 50), way('b', 50)] }, 'By chance: Way A 50%, Way B 50%'],
    ['split', { ways: [way('a', 90, 'New'), way('b', 10)], goal: { type: null, days: null } }, 'Experiment: New 90%, Way B 10%'],
    ['tag', { tags: ['vip', 'new'] }, 'Tag vip, new'],
    ['tag', { action: 'remove', tags: [] }, 'Remove tag [choose tags]'],
    ['list', { segmentId: 'seg_trial' }, 'Put on On trial'],
    ['list', { action: 'take-off', segmentId: null }, 'Take off [choose a list]'],
    ['webhook', { url: 'https://Crm.example.com:8443/a?b' }, 'Call crm.example.com'],
    ['webhook', { url: '' }, 'Call [a web address]'],
    ['notify', { to: { kind: 'owner' }, text: '' }, 'Tell their owner'],
    ['notify', { to: { kind: 'team', id: 'team_phone' }, text: '' }, 'Tell Phone team'],
    ['notify', { to: { kind: 'user', id: null }, text: '' }, 'Tell [choose who]'],
    ['throttle', { count: 1200, per: 'hour' }, 'Let through at most 1,200 an hour'],
    ['throttle', { count: null, per: 'day' }, 'Let through at most [how many]'],
    ['start-flow', { flowId: null }, 'Start [choose a flow]'],
    ['update-field', { field: 'job', action: { do: 'copy', from: 'plan' } }, 'Copy Plan into Job'],
    ['update-field', { field: 'job', action: { do: 'carried', key: 'title' } }, 'Copy title into Job'],
    ['update-field', { field: 'age', action: { do: 'add', amount: -2 } }, 'Take 2 from Age'],
    ['update-field', { field: 'last_order', action: { do: 'now' } }, 'Set Last order to today'],
  ])('%s %j', (type, data, expected) => expect(words(type, data)).toBe(expected))
})

describe('E-107 what each kind checks of itself', () => {
  const day = (amount: unknown, unit = 'days') => ({ until: { kind: 'duration', amount, unit } })
  const at = (time: unknown, late: unknown = { do: 'next' }) => ({ until: { kind: 'time', time, late } })
  const put = (field: string, value: unknown) => ({ field, action: { do: 'set', value } })
  test.each([
    ['trigger', { on: { kind: 'segment', segmentId: null } }, ['trigger.segment on.segmentId']],
    ['trigger', { on: { kind: 'event', type: '', key: '' } }, ['trigger.event on.type', 'trigger.key on.key']],
    ['trigger', { on: { kind: 'event', type: 'a', where: [{ key: 'n', op: 'between', value: 3 }] } }, ['trigger.where on.where.0.value']],
    ['wait', day(null), ['wait.amount until.amount']],
    ['wait', day(0), ['wait.amount until.amount']],
    ['wait', day(1.5), ['wait.amount until.amount']],
    ['wait', day(1827), ['wait.amount until.amount']],
    ['wait', day(1826), []],
    ['wait', at('25:00'), ['wait.time until.time']],
    ['wait', at('9:00'), ['wait.time until.time']],
    ['wait', at('09:00', { do: 'grace', minutes: null }), ['wait.late until.late.minutes']],
    ['branch', { cases: [] }, ['branch.cases cases']],
    ['branch', { cases: [{ id: 'a', name: '', when: { combinator: 'and', rules: [] } }] }, ['branch.when cases.0.when']],
    ['branch', { cases: [{ id: 'otherwise', name: '', when: { combinator: 'and', rules: [] } }] }, ['branch.id cases.0']],
    ['score', { dimension: null, points: 0 }, ['score.dimension dimension', 'score.points points']],
    ['score', { dimension: 'fit', points: 0.125 }, ['score.points points']],
    ['score', { dimension: 'fit', points: 0.29 }, []],
    ['send-email', { templateId: null }, ['send.template templateId']],
    ['update-field', put('email', 'x@example.com'), ['field.identity field']],
    ['update-field', put('age', null), ['field.value action.value']],
    ['hand-to-sales', { teamId: null, why: ' ' }, ['hand-off.team teamId', 'hand-off.why why']],
    ['exit', { label: '' }, []],
    ['goal', { when: { combinator: 'and', rules: [] } }, ['goal.when when']],
    ['goal', { when: isClerk, ifNotYet: 'wait' }, ['goal.wait ifNotYet']],
    [
      'goal',
      { when: { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'gone' }, op: 'is' }] } },
      ['condition.missing when.rules.0.subject.key'],
    ],
    ['tag', { tags: [] }, ['tag.tags tags']],
    ['tag', { tags: ['a|b'] }, ['tag.tags tags.0']],
    ['notify', { to: { kind: 'user', id: null }, inApp: false, text: ' ' }, ['notify.to to.id', 'notify.by inApp', 'notify.text text']],
    ['notify', { to: { kind: 'owner' }, text: '{{contact.gone}}' }, ['notify.text text']],
    ['throttle', { count: 0 }, ['throttle.count count']],
    ['throttle', { count: 1.5 }, ['throttle.count count']],
    ['update-field', { field: 'job', action: { do: 'copy', from: null } }, ['field.from action.from']],
    ['update-field', { field: 'job', action: { do: 'copy', from: 'job' } }, ['field.from action.from']],
    ['update-field', { field: 'job', action: { do: 'carried', key: '' } }, ['field.from action.key']],
    ['update-field', { field: 'age', action: { do: 'add', amount: 0 } }, ['field.amount action.amount']],
    ['update-field', { field: 'job', action: { do: 'add', amount: 1 } }, ['field.amount field']],
    ['update-field', { field: 'job', action: { do: 'now' } }, ['field.now field']],
    ['update-field', { field: 'last_order', action: { do: 'now' } }, []],
  ] as [string, Record<string, unknown>, string[]][])('%s %j', (type, data, expected) => {
    expect(said(type, data).map((it) => it.split(':')[0])).toEqual(expected)
  })

  test.each([
    ['job', 'x', true],
    ['job', '', false],
    ['job', 3, false],
    ['age', 3, true],
    ['age', '3', false],
    ['newsletter', true, true],
    ['newsletter', 'yes', false],
    ['last_order', '2026-02-28', true],
    ['last_order', '2026-02-30', false],
    ['plan', 'trial', true],
    ['plan', 'gold', false],
  ])('E-62 field %s set to %j fits: %s', (field, value, fits) => {
    expect(said('update-field', put(field, value))).toHaveLength(fits ? 0 : 1)
  })

  const goal = { type: 'order.paid', where: [], days: 14 }
  const two = (a: number | null, b: number | null) => [way('a', a), way('b', b)]
  test.each([
    [{ ways: two(50, 50) }, []],
    [{ ways: [way('a', 33.33), way('b', 33.33), way('c', 33.34)] }, []],
    [{ ways: two(0.1, 99.9) }, []],
    [{ ways: two(50, 49) }, ['split.sum ways: The shares add up to 99, not to 100. Give 1 more to one of them.']],
    [{ ways: two(70, 30.5) }, ['split.sum ways: The shares add up to 100.5, not to 100. Take 0.5 away from one of them.']],
    [{ ways: two(null, 100) }, ['split.weight ways.0.weight: Give Way A a share from 0 to 100, with two decimals at most.']],
    [
      { ways: two(-1, 101) },
      [0, 1].map((i) => `split.weight ways.${i}.weight: Give Way ${'AB'[i]} a share from 0 to 100, with two decimals at most.`),
    ],
    [
      { ways: two(33.333, 66.667) },
      [0, 1].map((i) => `split.weight ways.${i}.weight: Give Way ${'AB'[i]} a share from 0 to 100, with two decimals at most.`),
    ],
    [{ ways: [way('a', 100)] }, ['split.ways ways: Add a second way, or take this step away: everybody goes the same way.']],
    [{ ways: [way('a', 50), way('a', 50)] }, ['split.id ways.1: Two ways are one. Remove Way B and add it again.']],
    [
      { ways: [way('a', 50), way('b', 50, '', true)] },
      ['split.goal goal: A hold-out needs something to compare by. Say what counts as success, or take the hold-out away.'],
    ],
    [{ ways: [way('a', 50), way('b', 50, '', true)], goal }, []],
    [
      { ways: [way('a', 50, '', true), way('b', 50, '', true)], goal },
      ['split.hold-out ways: Only one way can be the hold-out. Choose one.'],
    ],
    [
      { ways: two(50, 50), goal: { type: null, days: 0 } },
      [
        'split.goal goal.type: Choose the event that counts as success.',
        'split.days goal.days: Say within how many days it must happen: from 1 to 365.',
      ],
    ],
  ] as [Record<string, unknown>, string[]][])('E-186 a split %j', (data, expected) => expect(said('split', data)).toEqual(expected))

  test('a team without members', () => {
    const teams = [{ id: 't', name: 'Empty team', members: 0 }]
    const kind = kinds['hand-to-sales']
    expect(
      runs['hand-to-sales'].check(kind.config.parse({ v: 2, teamId: 't', why: 'x' }), { ...sampleCatalog, teams }).map((it) => it.say),
    ).toEqual(['Nobody is in Empty team. Add members, or choose another team.'])
  })
})
