import { listFields } from '@baton/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Bundle, bundleCatalog, exportBundle, importBundle, SYSTEM_FIELDS } from '../src/index.ts'
import { KINDS, openApi, type TestApi } from './harness.ts'

const is = (key: string, value: string) => ({
  combinator: 'and' as const,
  rules: [{ subject: { kind: 'field' as const, key }, op: 'is' as const, value }],
})

const bundle: Bundle = {
  format: 1,
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
  templates: [{ id: 'tpl_hello', name: 'Hello', purpose: 'marketing', subject: 'Hi', preheader: '', body: '<mjml></mjml>', text: '' }],
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
    expect({ ...done, flows: done.flows.length }).toEqual({ flows: 1, fields: [], segments: [], templates: [], teams: [] })
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
})
