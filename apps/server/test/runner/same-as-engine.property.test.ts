import { foldProps, type JournalLine, type PublishedModel, sortJournal } from '@baton/engine'
import {
  arbitraryProgramme,
  arbitraryScoreModel,
  type Programme,
  planOf,
  programmeCatalog,
  runInMemory,
  worldAnswers,
} from '@baton/engine/testing'
import { DAY } from '@baton/leads'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { onBoth, World } from './programme.ts'

const DAYS = 45
const LAID = [
  'contact',
  'identity',
  'event',
  'inbox',
  'dead',
  'enrolment',
  'wheel',
  'journal',
  'ledger',
  'send',
  'member',
  'handoff',
  'related',
  'node_delta',
  'effect',
  'drawn',
  'related',
]

/** The same line order whatever the order of flows within a turn. */
const inOrder = (lines: readonly JournalLine[]) =>
  [...lines].sort((a, b) =>
    JSON.stringify([a.contact, a.time, a.flow, a.seq]) < JSON.stringify([b.contact, b.time, b.flow, b.seq]) ? -1 : 1,
  )

/** What a programme is made of, in the database; the people with the history that they bring along. */
async function lay(world: World, { flows, segments, contacts }: Programme, model: PublishedModel | null): Promise<void> {
  await world.rows(`truncate ${LAID.join(', ')}, score_model, flow, version, segment, template, team, company cascade`)
  await world.fields(programmeCatalog.fields)
  for (const { id, name, purpose } of programmeCatalog.templates) {
    await world.rows('insert into template (id, name, purpose, created_at, updated_at) values ($1, $2, $3, 0, 0)', [id, name, purpose])
  }
  for (const { id, name } of programmeCatalog.teams)
    await world.rows('insert into team (id, name, created_at) values ($1, $2, 0)', [id, name])
  await world.rows('update workspace set settings = settings || $1::jsonb', [
    JSON.stringify({ zone: programmeCatalog.workspaceZone, dimensions: programmeCatalog.dimensions, seed: 'x' }),
  ])
  const stored = { dimensions: [], rules: model?.rules ?? [], grade: programmeCatalog.grade }
  await world.rows('insert into score_model (version, model, at) values (1, $1::jsonb, 0)', [JSON.stringify(stored)])
  for (const { id, condition } of segments) {
    await world.rows(
      `insert into segment (id, name, condition, status, created_at, updated_at) values ($1, $1, $2::jsonb, 'ready', 0, 0)`,
      [id, JSON.stringify(condition)],
    )
  }
  await world.rows(
    `insert into segment (id, name, kind, condition, status, created_at, updated_at)
     values ('seg_list', 'By hand', 'list', '{"combinator":"and","rules":[]}', 'ready', 0, 0)`,
  )
  // Where any company is known, zones may come from one.
  await world.rows(`insert into company (id, name, data, created_at, updated_at) values ('r0', 'R', '{}', 0, 0)`)
  for (const [id, graph] of Object.entries(flows)) await world.flow(id, graph)
  for (const { state } of contacts) {
    const who = state.person
    const id = await world.person(who.key, { fields: who.fields, consent: who.consent, zone: who.zone, suppressed: who.suppressed })
    await world.rows(`update contact set stage = $2, owner_side = $3, created_at = $4, facts = facts || $5::jsonb where id = $1`, [
      id,
      who.stage,
      who.ownerSide,
      who.createdAt,
      JSON.stringify({ k: who.folded }),
    ])
    await world.months(state.events.map((it) => it.occurredAt))
    for (const e of state.events) {
      await world.rows(
        `insert into event (bucket, at, id, contact_id, type, props, folded, received_at, origin) values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8, $9)`,
        [
          id % 1024,
          e.occurredAt,
          e.id,
          id,
          e.type,
          JSON.stringify(e.props),
          JSON.stringify(foldProps(e.props)),
          e.receivedAt,
          e.machine ? 'm' : '',
        ],
      )
    }
    for (const it of state.related) {
      await world.rows(
        'insert into related (bucket, contact_id, kind, id, data, folded, at) values ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7)',
        [id % 1024, id, it.kind, it.id, JSON.stringify(it.data), JSON.stringify(it.folded), it.at],
      )
    }
    for (const line of state.ledger) {
      await world.rows(
        'insert into ledger (bucket, contact_id, key, dimension, points, at, rule, cause, held) values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9)',
        [id % 1024, id, line.key, line.dimension, line.points, line.at, line.rule, JSON.stringify(line.cause), line.held === true],
      )
    }
    for (const [segmentId, since] of Object.entries(state.members)) {
      await world.rows('insert into member (bucket, contact_id, segment_id, since) values ($1, $2, $3, $4)', [
        id % 1024,
        id,
        segmentId,
        since,
      ])
    }
  }
}

/** Feeds the items at their instants, with the answers of sales to the hand-offs as they are made. */
async function live(world: World, { contacts }: Programme, until: number): Promise<void> {
  const open = contacts.flatMap(({ state, items }) => items.map((item) => ({ key: state.person.key, item })))
  const answered = { handoffs: 0, effects: new Set<string>() }
  for (;;) {
    open.sort((a, b) => a.item.at - b.item.at)
    const due = await world.next()
    const at = Math.min(due ?? Number.POSITIVE_INFINITY, open[0]?.item.at ?? Number.POSITIVE_INFINITY)
    if (at > until) return
    world.clock.advance(at - world.clock.now())
    for (const { key, item } of open.splice(0, open.filter((it) => it.item.at === at).length)) await world.tell(key, item)
    await world.runner.drainUntilIdle()
    const handoffs = await world.rows<{ contact: string; key: string }>(
      'select c.key as contact, h.key from handoff h join contact c on c.id = h.contact_id order by h.id offset $1',
      [answered.handoffs],
    )
    const effects = await world.rows<{ contact: string; key: string; kind: string }>(
      'select c.key as contact, e.key, e.kind from effect e join contact c on c.id = e.contact_id',
    )
    const fresh = effects.filter((it) => !answered.effects.has(it.key))
    answered.handoffs += handoffs.length
    for (const { key } of fresh) answered.effects.add(key)
    for (const contact of new Set([...handoffs, ...fresh].map((it) => it.contact))) {
      const of = (it: { contact: string }) => it.contact === contact
      open.push(...worldAnswers({ handoffs: handoffs.filter(of), effects: fresh.filter(of) }, at).map((item) => ({ key: contact, item })))
    }
  }
}

onBoth('any programme', (open) => {
  test('gives over the database the journal, the points and the mails that the engine gives by itself', async () => {
    const first = await open()
    await fc.assert(
      fc.asyncProperty(arbitraryProgramme, fc.option(arbitraryScoreModel), async (programme, model) => {
        // What was agreed on is laid beside no programme.
        fc.pre(!JSON.stringify(programme).includes('"agreement"'))
        const start = Math.min(...programme.contacts.flatMap((it) => it.items.map((item) => item.at)))
        const until = start + DAYS * DAY
        const expected = runInMemory(planOf(programme.flows, programme.segments, programmeCatalog, model), programme.contacts, until, {
          seed: 'x',
          react: worldAnswers,
        })
        const world = new World(first.handle, async () => {})
        world.clock.advance(start - world.clock.now())
        await lay(world, programme, model)
        await live(world, programme, until)
        await world.runner.stop()

        expect(inOrder(await world.journal())).toEqual(inOrder(sortJournal(expected.journal)))
        expect(await world.rows('select * from dead')).toEqual([])
        const points = await world.rows<object>('select key, points, held from ledger where until is null')
        const counting = expected.contacts.flatMap((it) => it.ledger.map(({ key, points: n, held = false }) => ({ key, points: n, held })))
        expect(lines(points)).toEqual(lines(counting))
        const gone = await world.rows<{ key: string }>('select key from ledger where until is not null')
        const ended = new Set(expected.turns.flatMap(({ result }) => result.ended.map(({ key }) => key)))
        expect(new Set(gone.map(({ key }) => key))).toEqual(new Set([...ended].filter((key) => !counting.some((it) => it.key === key))))
        const sends = await world.rows<{ key: string }>('select key from send')
        expect(lines(sends)).toEqual(lines(expected.contacts.flatMap((it) => it.sends.map(({ key }) => ({ key })))))
        const effects = await world.rows<{ key: string; kind: string; payload: object }>('select key, kind, payload from effect')
        const asked = expected.turns.flatMap(({ result }) => result.effects.map(({ key, kind, payload }) => ({ key, kind, payload })))
        expect(new Set(effects)).toEqual(new Set(asked))
        const drawn = await world.rows<object>(
          `select c.key, d.flow_id || '/' || d.node as place, d.way from drawn d join contact c on c.id = d.contact_id`,
        )
        expect(lines(drawn)).toEqual(
          lines(expected.contacts.flatMap((it) => Object.entries(it.drawn).map(([place, way]) => ({ key: it.person.key, place, way })))),
        )
        const related = await world.rows<object>(
          'select c.key as "of", r.kind, r.id, r.data, r.at from related r join contact c on c.id = r.contact_id',
        )
        const known = expected.contacts.flatMap((it) => it.related.map(({ folded: _, ...record }) => ({ of: it.person.key, ...record })))
        expect(new Set(related)).toEqual(new Set(known))
      }),
      { seed: 11, numRuns: 20, endOnFailure: true },
    )
  }, 300_000)
})

const lines = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort()
