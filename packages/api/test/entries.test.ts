import type { FlowGraph } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KINDS, openApi, type TestApi } from './harness.ts'

const DAY = 86_400_000
const HOUR = DAY / 24
const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data: { v: 1, ...data } })
const joining = (segmentId: string): FlowGraph => ({
  format: 1,
  settings: { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
  nodes: [
    node('in', 'trigger', { v: 2, on: { kind: 'segment', segmentId, way: 'joined' } }),
    node('end', 'exit', { label: 'Done', finished: true }),
  ],
  edges: [{ id: 'a', source: 'in', sourceHandle: 'out', target: 'end' }],
})

describe.each(KINDS)('who is expected within a week of going live (%s)', (kind) => {
  let api: TestApi
  beforeAll(async () => {
    api = await openApi(kind)
  })
  afterAll(() => api.close())

  let made = 0
  /** A segment so many days old, counted for an hour when it was made and again `recounted` days ago; `joined`: how many, so many days ago. */
  async function expected(days: number, joined: readonly (readonly [people: number, ago: number])[], recounted?: number) {
    const now = api.clock.now()
    const id = `seg_${kind}_${++made}`
    await api.db.query(
      `insert into segment (id, name, condition, status, created_at, updated_at) values ($1, 'Keen', '{"combinator":"and","rules":[]}', 'ready', $2, $2)`,
      [id, now - days * DAY],
    )
    for (const [i, ago] of [days, ...(recounted === undefined ? [] : [recounted])].entries())
      await api.db.query(
        `insert into scan (id, kind, segment_id, status, started_at, ended_at) values ($1, 'segment', $2, 'done', $3::bigint, $3::bigint + $4::bigint)`,
        [`scan_${id}_${i}`, id, now - ago * DAY, HOUR],
      )
    let contact = made * 10_000
    for (const [people, ago] of joined) {
      await api.db.query(
        `insert into member (bucket, contact_id, segment_id, since) select (i & 1023)::smallint, i, $3, $4 from generate_series($1::int, $2::int) i`,
        [contact + 1, contact + people, id, now - ago * DAY],
      )
      contact += people
    }
    const flow = await api.as('marketer').flows.create({ name: 'Keen ones', graph: joining(id) })
    const { week } = await api.as('marketer').flows.publishPreview({ id: flow.id })
    return week
  }

  test('as many as joined in the last four weeks, a week', async () => {
    expect(await expected(90, [[40, 3]])).toMatchObject([{ how: 'joins', name: 'Keen', people: 10 }])
    expect(await expected(90, [[40, 29]])).toMatchObject([{ people: 0 }])
  })

  test('whom counting found did not join then, neither when the segment was made nor when its rule was changed', async () => {
    expect(await expected(1, [[5_000, 1]])).toMatchObject([{ people: 0 }])
    expect(await expected(20, [[5_000, 19.98]])).toMatchObject([{ people: 0 }])
    expect(await expected(90, [[600, 5]], 5)).toMatchObject([{ people: 0 }])
    expect(
      await expected(
        90,
        [
          [600, 5],
          [8, 4],
        ],
        5,
      ),
    ).toMatchObject([{ people: 2 }])
  })

  test('of a segment younger than that, as many as joined since it is there; of one of a few days, no more than did', async () => {
    expect(await expected(14, [[20, 6]])).toMatchObject([{ people: 10 }])
    expect(await expected(2, [[20, 1]])).toMatchObject([{ people: 20 }])
  })
})
