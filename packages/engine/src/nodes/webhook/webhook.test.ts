import { HOUR, MINUTE } from '@baton/leads'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../../fixtures/index.ts'
import { buildGraph, planOf, recompute, runInMemory, samplePerson } from '../../../testing/index.ts'
import { type EffectNews, emptyState, type FieldValue, type InboxItem, kinds, MAX_BODY_BYTES, webhookPayload } from '../../index.ts'
import { runs } from '../runs.ts'

const enrol: InboxItem = { kind: 'enrol', at: 0, flowId: 'f', node: 'in', key: '', source: { kind: 'user', id: 'u' } }
const good = { url: 'https://crm.example.com/a', body: { kind: 'chosen', fields: ['email', 'age'], scores: ['fit'], carried: ['x'] } }

function call(data: Record<string, unknown>, news: EffectNews | null, fields: Readonly<Record<string, FieldValue>> = {}) {
  const graph = buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'manual' } }],
      ['c', 'webhook', data],
      ['end', 'exit', { label: '' }],
    ],
    ['in.out>c', 'c.answered>end', 'c.failed>end'],
  )
  const state = emptyState(samplePerson({ key: 'ada', fields }))
  const run = runInMemory(planOf({ f: graph }), [{ state, items: [enrol] }], HOUR, {
    react: ({ effects }, at) =>
      news === null ? [] : effects.map((it): InboxItem => ({ kind: 'effect', at: at + MINUTE, effect: it.key, news })),
  })
  const step = run.journal.find((it) => it.node === 'c')
  if (step) expect(recompute(step.reason)).toBe(step.port)
  return { step, effects: run.turns.flatMap((it) => it.result.effects), turns: run.turns, end: run.contacts[0] }
}

describe('a webhook', () => {
  test('E-190 is asked for when the step runs, with the facts of that moment, and holds the person', () => {
    const { step, effects, end } = call(good, null, { email: 'ada@example.com' })
    expect(step).toBeUndefined()
    expect(end?.enrolments[0]).toMatchObject({ node: 'c', dueAt: null })
    expect(effects).toHaveLength(1)
    expect(webhookPayload.parse(effects[0]?.payload)).toEqual({
      url: 'https://crm.example.com/a',
      method: 'POST',
      headers: [],
      body: {
        type: 'flow.step',
        timestamp: '1970-01-01T00:00:00.000Z',
        data: {
          flow: 'f',
          step: 'c',
          contact: { key: 'ada', email: 'ada@example.com', age: null },
          scores: { fit: 0 },
          carried: { x: null },
        },
      },
      sign: null,
      giveUpAfter: 60,
    })
  })

  test.each<[EffectNews, string, string]>([
    [{ outcome: 'answered', status: 200, data: null }, 'answered', 'webhook.answered'],
    [{ outcome: 'answered', status: 299, data: {} }, 'answered', 'webhook.answered'],
    [{ outcome: 'answered', status: 302, data: null }, 'failed', 'webhook.failed'],
    [{ outcome: 'failed', status: 500, why: 'answered 500' }, 'failed', 'webhook.failed'],
    [{ outcome: 'failed', status: null, why: 'no answer' }, 'failed', 'webhook.failed'],
  ])('E-191 %j leaves by %s', (news, port, code) => expect(call(good, news).step).toMatchObject({ port, reason: { code } }))

  test('E-191 that somebody was let through is no answer to a call', () => {
    expect(call(good, { outcome: 'released' }).step).toBeUndefined()
  })

  test('E-192 what is too long to send leaves by failed at once, and nothing goes out', () => {
    const json = JSON.stringify(Array.from({ length: 60 }, () => '{{contact.job}}'))
    const { step, effects } = call({ ...good, body: { kind: 'template', json } }, null, { job: 'ü'.repeat(1000) })
    expect(60 * 2000).toBeGreaterThan(MAX_BODY_BYTES)
    expect(step).toMatchObject({ port: 'failed', reason: { why: 'too much to send' } })
    expect(effects).toEqual([])
  })

  test('E-193 the passage carries what fits of the answer, and the reason says what did not', () => {
    const save = [
      { path: 'order.total', as: 'total', type: 'number' },
      { path: 'order.items.0.sku', as: 'sku', type: 'text' },
      { path: 'vip', as: 'vip', type: 'yes-no' },
      { path: 'order', as: 'whole', type: 'text' },
      { path: 'constructor.name', as: 'odd', type: 'text' },
      { path: 'nothing', as: 'none', type: 'number' },
    ]
    const data = { order: { total: '12.50', items: [{ sku: 7 }] }, vip: 'true' }
    const { step, turns } = call({ ...good, save }, { outcome: 'answered', status: 200, data })
    expect(step?.reason).toMatchObject({ saved: { total: 12.5, sku: '7', vip: true }, missing: ['whole', 'odd', 'none'] })
    expect(turns.at(-1)?.result.enrolments[0]?.value.vars.data).toEqual({ total: 12.5, sku: '7', vip: true })
  })

  test('E-193 whatever is answered, only short texts, numbers, yes and no under the chosen names are carried', () => {
    const save = [
      { path: 'a', as: 'a', type: 'text' },
      { path: 'b.0', as: 'b', type: 'number' },
      { path: '__proto__.c', as: 'c', type: 'yes-no' },
    ]
    fc.assert(
      fc.property(fc.jsonValue(), (data) => {
        const { step } = call({ ...good, save }, { outcome: 'answered', status: 200, data })
        if (step?.reason.code !== 'webhook.answered') throw new Error('not answered')
        for (const [key, value] of Object.entries(step.reason.saved)) {
          expect(['a', 'b', 'c']).toContain(key)
          expect(typeof value === 'string' ? value.length : typeof value).toSatisfy(
            (it) => it === 'number' || it === 'boolean' || Number(it) <= 1000,
          )
        }
      }),
      { seed: 20261122, numRuns: 60 },
    )
  })

  test('E-193 a text that is too long, or cannot be stored, is not carried', () => {
    const save = [{ path: 'a', as: 'a', type: 'text' }]
    for (const a of ['x'.repeat(1001), 'nul\u0000', '\ud800', '', { b: 1 }, null]) {
      const { step } = call({ ...good, save }, { outcome: 'answered', status: 200, data: { a } })
      expect(step?.reason).toMatchObject({ saved: {}, missing: ['a'] })
    }
  })
})

describe('E-194 what a webhook checks before launch', () => {
  const said = (data: Record<string, unknown>) =>
    runs.webhook
      .check(kinds.webhook.config.parse({ v: 1, ...good, ...data }), { ...sampleCatalog, secrets: ['key'] })
      .map((it) => `${it.severity} ${it.code} ${it.path}`)

  test.each([
    ['https://example.com/hook', []],
    ['https://example.com:8443/hook?x=1', []],
    ['', ['error webhook.url url']],
    ['example.com', ['error webhook.url url']],
    ['ftp://example.com', ['error webhook.url url']],
    ['javascript:alert(1)', ['error webhook.url url']],
    ['https://ada:secret@example.com/', ['error webhook.url url']],
    ['http://169.254.169.254/latest/meta-data', ['error webhook.url url']],
    ['http://0xa9fea9fe/', ['error webhook.url url']],
    ['http://2852039166/', ['error webhook.url url']],
    ['http://[::ffff:169.254.169.254]/', ['error webhook.url url']],
    ['https://metadata.google.internal/', ['error webhook.url url']],
    ['http://example.com/', ['warning webhook.reach url']],
    ['https://localhost:9000/', ['warning webhook.reach url']],
    ['https://10.1.2.3/', ['warning webhook.reach url']],
    ['https://172.20.0.1/', ['warning webhook.reach url']],
    ['https://172.32.0.1/', []],
    ['https://192.168.0.1/', ['warning webhook.reach url']],
    ['https://100.64.0.1/', ['warning webhook.reach url']],
    ['https://127.1/', ['warning webhook.reach url']],
    ['https://[::1]/', ['warning webhook.reach url']],
    ['https://[fd12::1]/', ['warning webhook.reach url']],
    ['https://crm.internal/', ['warning webhook.reach url']],
    ['https://crm/', ['warning webhook.reach url']],
  ])('the address %s', (url, expected) => expect(said({ url })).toEqual(expected))

  const text = (value: string) => ({ from: 'text', text: value })
  test.each([
    [[{ name: 'X-Source', value: text('baton') }], []],
    [[{ name: '', value: text('x') }], ['error webhook.header headers.0.name']],
    [[{ name: 'X Source', value: text('x') }], ['error webhook.header headers.0.name']],
    [[{ name: 'Host', value: text('x') }], ['error webhook.header headers.0.name']],
    [[{ name: 'webhook-signature', value: text('x') }], ['error webhook.header headers.0.name']],
    [[{ name: 'Authorization', value: text('Bearer x') }], ['error webhook.header headers.0.value']],
    [[{ name: 'X-Api-Key', value: text('x') }], ['error webhook.header headers.0.value']],
    [[{ name: 'Authorization', value: { from: 'secret', name: 'key' } }], []],
    [[{ name: 'Authorization', value: { from: 'secret', name: null } }], ['error webhook.header headers.0.value']],
    [[{ name: 'X-A', value: text('a\r\nX-B: c') }], ['error webhook.header headers.0.value']],
    [
      [
        { name: 'X-A', value: text('a') },
        { name: 'x-a', value: text('b') },
      ],
      ['error webhook.header headers.1.name'],
    ],
  ])('the headers %j', (headers, expected) => expect(said({ headers })).toEqual(expected))

  const one = (path: string, as: string) => ({ path, as, type: 'text' })
  test.each([
    [{ save: [one('a.0.b', 'x')] }, []],
    [{ save: [one('', 'x')] }, ['error webhook.save save.0.path']],
    [{ save: [one('a..b', 'x')] }, ['error webhook.save save.0.path']],
    [{ save: [one('a', '__proto__')] }, ['error webhook.save save.0.as']],
    [{ save: [one('a', 'x'), one('b', 'x')] }, ['error webhook.save save.1.as']],
    [{ giveUpAfter: { amount: 72, unit: 'hours' } }, []],
    [{ giveUpAfter: { amount: 73, unit: 'hours' } }, ['error webhook.time giveUpAfter.amount']],
    [{ giveUpAfter: { amount: null, unit: 'minutes' } }, ['error webhook.time giveUpAfter.amount']],
    [{ body: { kind: 'template', json: '{"a": {{contact.email}}}' } }, ['error webhook.body body.json']],
    [{ body: { kind: 'template', json: '' } }, ['error webhook.body body.json']],
    [
      { body: { kind: 'template', json: '{"a": "{{contact.nobody}} {{now}}"}' } },
      ['error webhook.body body.json', 'error webhook.body body.json'],
    ],
  ])('%j', (data, expected) => expect(said(data)).toEqual(expected))
})
