import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import frozen from '../../fixtures/configs-v1.json' with { type: 'json' }
import { sampleCatalog } from '../../fixtures/index.ts'
import { type ConfigMigration, checkFlow, flowGraph, kindOf, kinds, parseConfig } from '../index.ts'

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
  return kind.check(config.ok, sampleCatalog).map((it) => `${it.code} ${it.path}: ${it.say}`)
}

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
    ['branch', { cases: [{ id: 'a', name: 'Hot', when: { combinator: 'and', rules: [] } }] }, 'Which way: Hot, or otherwise'],
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

  test('a team without members', () => {
    const teams = [{ id: 't', name: 'Empty team', members: 0 }]
    const kind = kinds['hand-to-sales']
    expect(kind.check(kind.config.parse({ v: 1, teamId: 't', why: 'x' }), { ...sampleCatalog, teams }).map((it) => it.say)).toEqual([
      'Nobody is in Empty team. Add members, or choose another team.',
    ])
  })
})
