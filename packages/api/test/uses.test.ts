import { createTemplate, schema } from '@baton/db'
import type { FlowGraph, Rule } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, KINDS, openApi, type TestApi } from './harness.ts'

const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data: { v: 1, ...data } })
const rule = (subject: Rule['subject'], op: Rule['op'] = 'is', value?: string): Rule => ({
  subject,
  op,
  ...(value === undefined ? {} : { value }),
})

describe.each(KINDS)('lists of use (%s)', (kind) => {
  let api: TestApi
  let flowId: string
  let templateId: string
  const at = () => api.clock.now()
  beforeAll(async () => {
    api = await openApi(kind)
    const author = api.as('marketer')
    await author.fields.create({ label: 'Plan', type: 'text' })
    const text = {
      subject: 'Hello',
      preheader: '',
      body: '<mj-text>{{ contact.plan }}</mj-text>',
      text: '',
      purpose: 'marketing' as const,
    }
    const made = await createTemplate(api.db, { name: 'Welcome', text, by: api.users.marketer.id, at: at() })
    templateId = made
    await api.db.query(`update template set topic_id = 'news' where id = $1`, [made])
    const stamps = { createdAt: at(), updatedAt: at() }
    await api.db.db.insert(schema.form).values({
      ...{
        id: 'frm_demo',
        name: 'Demo',
        fields: [{ key: 'plan', label: '', required: false, placeholder: '' }],
        topics: [{ topic: 'news', label: 'News' }],
      },
      ...{ thanks: { kind: 'text', text: 'Thanks' }, origins: [], ...stamps },
    })
    const condition = { combinator: 'and' as const, rules: [rule({ kind: 'field', key: 'plan' }, 'is', 'pro')] }
    await api.db.db.insert(schema.segment).values({ id: 'seg_pro', name: 'Pro', condition, status: 'ready', ...stamps })
    const graph: FlowGraph = {
      format: 1,
      settings: {
        ...{ reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
        exitWhen: { combinator: 'and', rules: [rule({ kind: 'score', dimension: 'fit' }, 'ge')] },
      },
      nodes: [
        node('in', 'trigger', { on: { kind: 'segment', segmentId: 'seg_pro' } }),
        node('sales', 'hand-to-sales', { teamId: 'team_a', why: 'Ready' }),
      ],
      edges: [],
    }
    flowId = (await author.flows.create({ name: 'Nurture', graph })).id
  })
  afterAll(() => api.close())

  const of = async (what: {
    kind: 'field' | 'topic' | 'segment' | 'team' | 'dimension' | 'flow' | 'template' | 'calendar' | 'form'
    id: string
  }) => (await api.as('reviewer').uses.of(what)).map((it) => `${it.by} ${it.name}${it.live ? '' : ' (draft)'}`)

  test('each thing by whatever names it: conditions, steps, the rule for leaving, messages, forms', async () => {
    expect(await of({ kind: 'field', id: 'plan' })).toEqual(['segment Pro', 'template Welcome', 'form Demo'])
    expect(await of({ kind: 'segment', id: 'seg_pro' })).toEqual(['flow Nurture (draft)'])
    expect(await of({ kind: 'team', id: 'team_a' })).toEqual(['flow Nurture (draft)'])
    expect(await of({ kind: 'dimension', id: 'fit' })).toEqual(['flow Nurture (draft)'])
    expect(await of({ kind: 'topic', id: 'news' })).toEqual(['template Welcome', 'form Demo'])
    expect(await of({ kind: 'template', id: templateId })).toEqual([])
    expect(await of({ kind: 'field', id: 'pla' })).toEqual([])
  })

  test('a flow counts by what contains it, and stays then', async () => {
    const author = api.as('marketer')
    const contains = node('c', 'sub-flow', { flowId, version: 1, start: 'in', ways: [] })
    const settings: FlowGraph['settings'] = { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' }
    const other = await author.flows.create({ name: 'Outer', graph: { format: 1, settings, nodes: [contains], edges: [] } })
    expect(await of({ kind: 'flow', id: flowId })).toEqual(['flow Outer (draft)'])
    await expect(author.flows.archive({ id: flowId })).rejects.toThrow(
      'Nurture stays: it is used by 1 flow (Outer). Take it out there first.',
    )
    await author.flows.archive({ id: other.id })
    await author.flows.archive({ id: flowId })
    expect(await of({ kind: 'segment', id: 'seg_pro' })).toEqual([])
  })

  test('a value that a flow keeps is offered to messages, and is no use of the field of that name', async () => {
    const author = api.as('marketer')
    await author.fields.create({ label: 'Coupon', type: 'text' })
    const save = [{ path: 'code', as: 'coupon', type: 'text' }]
    const nodes = [
      node('call', 'webhook', { url: 'https://acme.test/', body: { kind: 'chosen', fields: [], scores: [], carried: [] }, save }),
    ]
    const settings: FlowGraph['settings'] = { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' }
    await author.flows.create({ name: 'Coupons', graph: { format: 1, settings, nodes, edges: [] } })
    expect((await author.templates.variables()).filter((it) => it.group === 'Carried')).toEqual([
      { group: 'Carried', label: 'coupon', variable: 'carried.coupon' },
    ])
    const text = { subject: '{{ carried.coupon }}', preheader: '', body: '', text: '', purpose: 'marketing' as const }
    const made = await createTemplate(api.db, { name: 'Your coupon', text, by: api.users.marketer.id, at: at() })
    expect(await of({ kind: 'field', id: 'coupon' })).toEqual([])
    await api.db.query(`update template set subject = '{{ carried.coupon }} {{ contact.coupon }}' where id = $1`, [made])
    expect(await of({ kind: 'field', id: 'coupon' })).toEqual(['template Your coupon'])
  })

  test('a field in a form or a message is not taken away', async () => {
    await api.db.query(`update segment set status = 'archived' where id = 'seg_pro'`)
    await expect(api.as('marketer').fields.remove({ key: 'plan' })).rejects.toThrow(
      'Plan stays: it is used by 1 message (Welcome) and 1 form (Demo)',
    )
    expect(await codeOf(api.as('sales_rep').uses.of({ kind: 'field', id: 'plan' }))).toBe('FORBIDDEN')
  })
})
