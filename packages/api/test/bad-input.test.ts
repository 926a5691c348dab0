import { flowGraph } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KINDS, openApi, type TestApi } from './harness.ts'

const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data: { v: 1, ...data } })
const edge = (way: string) => {
  const [source = '', sourceHandle = '', target = ''] = way.split(/[.>]/)
  return { id: way, source, sourceHandle, target }
}
const start = node('in', 'trigger', { on: { kind: 'manual' } })
const end = node('end', 'exit', { label: 'Done' })

/** A flow through one step that is wrong. */
const through = (type: string, data: object, port = 'out') => ({
  nodes: [start, node('step', type, data), end],
  edges: ['in.out>step', `step.${port}>end`].map(edge),
})

function deep(levels: number): object {
  let condition: object = { combinator: 'and', rules: [] }
  for (let i = 1; i < levels; i++) condition = { combinator: 'and', rules: [condition] }
  return condition
}

const bundle = (graph: object) => ({ flows: [{ id: 'flw_bad', name: 'Bad', graph }], zone: 'Europe/Berlin' })
const message = (error: unknown) => (error instanceof Error ? error.message : String(error))

describe.each(KINDS)('bad input on %s', (kind) => {
  let api: TestApi
  beforeAll(async () => {
    api = await openApi(kind)
  })
  afterAll(() => api.close())

  const everything = () =>
    api.db.query(
      `select (select count(*)::int from flow) as flows, (select count(*)::int from version) as versions, (select count(*)::int from segment) as segments,
              (select count(*)::int from template) as templates, (select plan_rev from workspace) as plan`,
    )

  test.each([
    ['a graph from a newer Baton', { format: 9, nodes: [], edges: [] }, /format 9, from a newer Baton/],
    [
      'more steps than a flow may have',
      { nodes: Array.from({ length: 5001 }, (_, i) => node(`n${i}`, 'exit', { label: '' })), edges: [] },
      /5,?000/,
    ],
    ['a condition nested 200 deep', { nodes: [start], edges: [], settings: { exitWhen: deep(200) } }, /nest|deep/i],
    ['text where a graph belongs', 'graph', /flows\.0\.graph/],
  ])('%s is refused with a reason at the door, and nothing of its file stays', async (_, graph, says) => {
    const before = await everything()
    const file = { ...bundle(graph as object), segments: [{ id: 'seg_new', name: 'New', condition: { combinator: 'and', rules: [] } }] }
    const error = await api
      .as('marketer')
      .flows.importBundle({ file })
      .then(
        () => 'it was taken in',
        (reason: unknown) => message(reason),
      )
    expect(error).toMatch(says)
    expect(await everything()).toEqual(before)
  })

  test.each([
    [
      'a web address of the cloud’s own data',
      through('webhook', { url: 'http://169.254.169.254/latest/meta-data' }, 'answered'),
      'webhook.url',
    ],
    [
      'shares that come to 99',
      {
        nodes: [
          start,
          node('step', 'split', {
            ways: [
              { id: 'a', name: 'A', weight: 50, holdOut: false },
              { id: 'b', name: 'B', weight: 49, holdOut: false },
            ],
            goal: null,
          }),
          end,
        ],
        edges: ['in.out>step', 'step.a>end', 'step.b>end'].map(edge),
      },
      'split.',
    ],
    [
      'a day in the year 10000',
      through('wait', { v: 2, slot: 1, until: { kind: 'date', date: '10000-01-01', past: 'go-on' } }),
      'wait.date',
    ],
    ['a step of a newer Baton', through('teleport', { to: 'Mars' }), 'unknown-kind'],
    [
      'a condition on a field that is not there',
      {
        nodes: [start, end],
        edges: [edge('in.out>end')],
        settings: { exitWhen: { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'shoe_size' }, op: 'is', value: 'x' }] } },
      },
      'exit-when',
    ],
  ])('%s is no version: the publish says what to do, and nothing runs', async (_, graph, code) => {
    const author = api.as('marketer')
    const { id } = await author.flows.create({ name: 'Bad' })
    const { rev } = await author.flows.saveDraft({ id, rev: 0, graph: flowGraph.parse(graph) })
    const { issues } = await author.flows.publishPreview({ id })
    const found = issues.filter((it) => it.severity === 'error' && it.code.startsWith(code))
    expect(found.map((it) => it.say.length > 20)).toEqual(found.map(() => true))
    expect(found.length).toBeGreaterThan(0)
    const before = await everything()
    await expect(author.flows.publish({ id, rev, enrolMatching: false })).rejects.toThrow()
    expect(await everything()).toEqual(before)
    expect((await author.flows.get({ id })).status).toBe('draft')
  })
})
