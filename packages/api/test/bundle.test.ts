import { listFields } from '@baton/db'
import { EMPTY_AGREEMENT, flowTest } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bundle, bundleCatalog, EMPTY_BUNDLE, exportBundle, importBundle, readBundle, SYSTEM_FIELDS } from '../src/index.ts'
import { codeOf, KINDS, openApi, type TestApi } from './harness.ts'

const is = (key: string, value: string) => ({
  combinator: 'and' as const,
  rules: [{ subject: { kind: 'field' as const, key }, op: 'is' as const, value }],
})

const bundle: Bundle = {
  ...EMPTY_BUNDLE,
  flows: [
    {
      id: 'flw_trial',
      name: 'Trial',
      graph: {
        format: 1,
        nodes: [
          { id: 'in', type: 'trigger', position: { x: 0, y: 0 }, data: { v: 1, on: { kind: 'segment', segmentId: 'seg_trial' } } },
          { id: 'mail', type: 'send-email', position: { x: 0, y: 0 }, data: { v: 1, templateId: 'tpl_hello' } },
        ],
        edges: [],
        settings: { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
      },
    },
  ],
  fields: [
    { key: 'plan', label: 'Plan', type: 'choice', options: ['free', 'trial'], afterOutcome: false },
    { key: 'unused', label: 'Unused', type: 'text', afterOutcome: false },
  ],
  segments: [
    {
      id: 'seg_trial',
      name: 'On trial',
      condition: { combinator: 'and', rules: [{ subject: { kind: 'segment', segmentId: 'seg_plan' }, op: 'is', value: true }] },
    },
    { id: 'seg_plan', name: 'Has the plan', condition: is('plan', 'trial') },
  ],
  templates: [
    { id: 'tpl_hello', name: 'Hello', purpose: 'marketing', topic: null, subject: 'Hi', preheader: '', body: '<mjml></mjml>', text: '' },
  ],
  teams: [{ id: 'team_a', name: 'A', members: 2 }],
  dimensions: [{ id: 'intent', name: 'Intent' }],
  zone: 'Europe/Berlin',
}

describe.each(KINDS)('a bundle on %s', (kind) => {
  let api: TestApi
  beforeAll(async () => {
    api = await openApi(kind)
  })
  afterAll(() => api.close())

  test('arrives as a draft with all it names, and leaves with what the flow names', async () => {
    const done = await importBundle(api.db, bundle, { at: api.clock.now(), by: null })
    expect(done).toEqual({
      flows: [{ id: 'flw_trial', name: 'Trial' }],
      fields: ['plan', 'unused'],
      segments: ['seg_trial', 'seg_plan'],
      templates: ['tpl_hello'],
      teams: ['team_a'],
      calendars: [],
      topics: [],
      forms: [],
      agreements: [],
      secrets: [],
    })
    expect(await api.db.query('select status, live_version from flow')).toEqual([{ status: 'draft', live_version: null }])
    const left = await exportBundle(api.db, 'flw_trial')
    expect(left?.flows).toEqual(bundle.flows)
    expect(left?.fields.map((it) => it.key)).toEqual(['plan'])
    expect(left?.segments).toEqual(bundle.segments)
    expect(left?.templates).toEqual(bundle.templates)
    expect(left?.teams).toEqual([])
    expect(left?.dimensions.map((it) => it.id)).toEqual(['fit', 'engagement', 'intent'])
  })

  test('that comes again changes nothing that is there: its flow is one more draft', async () => {
    const again = { ...bundle, segments: bundle.segments.map((it) => ({ ...it, name: 'Renamed' })) }
    const done = await importBundle(api.db, again, { at: api.clock.now(), by: null })
    expect(done).toMatchObject({ flows: [{ name: 'Trial' }], fields: [], segments: [], templates: [], teams: [] })
    expect(done.flows[0]?.id).not.toBe('flw_trial')
    expect((await exportBundle(api.db, 'flw_trial'))?.segments.map((it) => it.name)).toEqual(['On trial', 'Has the plan'])
  })

  test('of a flow that is not there is nothing', async () => {
    expect(await exportBundle(api.db, 'flw_none')).toBeUndefined()
  })

  test('knows the fields that every workspace has', async () => {
    const system = (await listFields(api.db)).filter((it) => it.system).map(({ key, label, type }) => ({ key, label, type }))
    expect(system).toEqual(SYSTEM_FIELDS)
    expect(bundleCatalog(bundle).fields.map((it) => it.key)).toEqual([...SYSTEM_FIELDS.map((it) => it.key), 'plan', 'unused'])
  })

  const graph = (nodes: object[]): Bundle['flows'][number]['graph'] => ({
    format: 1,
    settings: { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
    nodes: nodes.map((it, i) => ({ id: `n${i}`, type: 'exit', position: { x: 0, y: 0 }, data: {}, ...it })),
    edges: [],
  })
  const whole: Bundle = {
    ...EMPTY_BUNDLE,
    flows: [
      {
        id: 'flw_one',
        name: 'One',
        graph: graph([{ type: 'sub-flow', data: { v: 1, flowId: 'flw_two', version: 3, start: 'in', ways: [] } }]),
      },
      {
        id: 'flw_two',
        name: 'Two',
        graph: graph([
          { type: 'webhook', data: { v: 1, url: 'https://crm.example.com/in', sign: 'crm_key' } },
          { type: 'trigger', data: { v: 1, on: { kind: 'form', formId: 'frm_demo' } } },
        ]),
      },
    ],
    segments: [{ id: 'lst_vip', name: 'VIP', condition: { combinator: 'and', rules: [] }, list: true }],
    calendars: [
      {
        id: 'cal_office',
        name: 'Office',
        zone: null,
        hours: { 1: [{ from: '09:00', to: '17:00' }] },
        holidays: [{ date: '2026-12-25', name: 'Christmas' }],
      },
    ],
    topics: [{ id: 'news', name: 'News', description: '', doubleOptIn: true }],
    forms: [
      {
        ...{ id: 'frm_demo', name: 'Demo', title: '', intro: '', button: '', fields: [], topics: [{ topic: 'news', label: 'News' }] },
        ...{ confirm: true, mayUpdate: false, thanks: { kind: 'redirect', url: 'https://www.example.org/thanks' }, origins: [] },
      },
    ],
    dimensions: [{ id: 'heat', name: 'Heat', halfLifeDays: 30, cap: 5000 }],
    teams: [
      { id: 'team_a', name: 'A', members: 2 },
      { id: 'team_new', name: 'Newcomers', members: 3 },
    ],
    agreements: [{ id: 'agr', name: 'Agreement', content: { ...EMPTY_AGREEMENT, note: 'As agreed in May' } }],
    secrets: ['crm_key'],
    tests: [
      {
        ...flowTest.parse({
          id: 't1',
          name: 'Comes in',
          from: '2026-03-02T09:00:00Z',
          until: '2026-03-03T09:00:00Z',
          expect: [{ node: 'n1' }],
        }),
        flow: 'flw_two',
      },
    ],
  }

  test('brings lists, calendars, topics, forms and score models; says what it reaches, which secrets are missing and which teams will have nobody', async () => {
    const author = api.as('marketer')
    const file = JSON.parse(JSON.stringify({ ...whole, segments: [{ id: 'lst_vip', name: 'VIP', list: true }] }))
    const told = await author.flows.inspectBundle({ file })
    expect(told).toEqual({
      flows: ['One', 'Two'],
      reached: [
        { to: 'crm.example.com', kind: 'host', by: 'flow Two' },
        { to: 'www.example.org', kind: 'host', by: 'form Demo' },
      ],
      secrets: ['crm_key'],
      // The other is here since the first import.
      teams: ['Newcomers'],
    })
    expect(await author.flows.list()).toHaveLength(2)
    const done = await author.flows.importBundle({ file })
    expect(done).toMatchObject({
      segments: ['lst_vip'],
      calendars: ['cal_office'],
      topics: ['news'],
      forms: ['frm_demo'],
      secrets: ['crm_key'],
      agreements: ['agr'],
    })
    expect(done.flows.map((it) => it.id)).toEqual(['flw_one', 'flw_two'])
    const one = await author.flows.get({ id: 'flw_one' })
    expect(one.status).toBe('draft')
    // No version of the flow inside is published here: it has to be chosen anew.
    expect(one.draft.nodes[0]?.data).toMatchObject({ flowId: 'flw_two', version: null, start: null })
    const [{ flow: _, ...own } = { flow: '' }] = whole.tests
    expect((await author.flows.get({ id: 'flw_two' })).draft.tests).toEqual([own])
    const out = await author.flows.bundle({ id: 'flw_one' })
    expect(out.tests).toEqual(whole.tests)
    expect(out.flows.map((it) => it.id)).toEqual(['flw_one', 'flw_two'])
    expect(out.forms).toEqual(whole.forms)
    expect(out.topics).toEqual(whole.topics)
    expect(out.secrets).toEqual(['crm_key'])
    expect(out.dimensions.find((it) => it.id === 'heat')).toEqual(whole.dimensions[0])
    expect('ok' in readBundle(JSON.parse(JSON.stringify(out)))).toBe(true)
  })

  test('whose flow ids are taken gives new ones to all who name them', async () => {
    const done = await api.as('marketer').flows.importBundle({ file: JSON.parse(JSON.stringify(whole)) })
    const [one, two] = done.flows
    expect(one?.id).not.toBe('flw_one')
    expect((await api.as('marketer').flows.get({ id: one?.id ?? '' })).draft.nodes[0]?.data.flowId).toBe(two?.id)
  })

  test('that is wrong anywhere leaves nothing behind, and every fault has its place', async () => {
    const before = await api.db.query<{ n: number }>('select count(*)::int as n from flow')
    const wrong = { ...whole, extra: 1, calendars: [{ ...whole.calendars[0], zone: 'Moon' }] }
    await expect(api.as('marketer').flows.importBundle({ file: wrong })).rejects.toThrow(/calendars\.0\.zone: .*extra/s)
    const double = {
      ...whole,
      fields: [{ key: 'late', label: 'E-mail', type: 'text' as const }],
      flows: [...whole.flows, { ...whole.flows[0], id: 'flw_one' }],
    }
    await expect(api.as('marketer').flows.importBundle({ file: double })).rejects.toThrow('flows: has “flw_one” twice')
    expect(await api.db.query('select count(*)::int as n from flow')).toEqual(before)
    expect(await codeOf(api.as('reviewer').flows.importBundle({ file: whole }))).toBe('FORBIDDEN')
  })
})
