import { type Condition, type ContactState, compileCondition, foldProps, type Rule, scoreOf } from '@baton/engine'
import { arbitraryCondition, arbitraryState, catalog, NOW, TEXTS } from '@baton/engine/testing'
import { DAY, modelFactors } from '@baton/leads'
import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { run } from '../src/condition/run.ts'
import { conditionSql } from '../src/condition/sql.ts'
import { ensureMonths, type Handle } from '../src/index.ts'
import { onBothDrivers } from './drivers.ts'

const PEOPLE = fc.sample(arbitraryState, { seed: 20261122, numRuns: 60 })
/** Ids in buckets 0, 1, 2 …, all with several people. */
const idOf = (i: number) => (i + 1) * 1024 + (i % 3)

async function store(handle: Handle, id: number, state: ContactState): Promise<void> {
  const { person, events, ledger, members, related, enrolments, past } = state
  const bucket = id % 1024
  const facts = { f: person.fields, k: person.folded, c: person.consent, ...(person.suppressed === null ? {} : { s: person.suppressed }) }
  await handle.query(
    `insert into contact (bucket, id, key, owner_side, stage, facts, created_at) values ($1, $2, $3, $4, $5, $6::jsonb, 0)`,
    [bucket, id, `p${id}`, person.ownerSide, person.stage, JSON.stringify(facts)],
  )
  for (const it of events) {
    const folded = foldProps(it.props)
    await handle.query(
      `insert into event (bucket, at, id, contact_id, type, props, folded, received_at, origin)
       values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $2, $8)`,
      [
        bucket,
        it.occurredAt,
        `${id}-${it.id}`,
        id,
        it.type,
        JSON.stringify(it.props),
        folded && JSON.stringify(folded),
        it.machine ? 'm' : '',
      ],
    )
  }
  for (const it of ledger) {
    await handle.query(
      `insert into ledger (bucket, contact_id, key, dimension, points, at, rule, cause, held) values ($1, $2, $3, $4, $5, $6, 'r', '{}', $7)`,
      [bucket, id, it.key, it.dimension, it.points, it.at, it.held === true],
    )
    // One like it that was taken back: it counts for nobody any more.
    await handle.query(
      `insert into ledger (bucket, contact_id, key, dimension, points, at, rule, cause, held, until) values ($1, $2, $3, $4, 777, $5, 'r', '{}', true, $6)`,
      [bucket, id, `${it.key}-gone`, it.dimension, it.at, NOW - (it.points === 1 ? 0 : 1)],
    )
  }
  for (const it of related) {
    await handle.query(
      `insert into related (bucket, contact_id, kind, id, data, folded, at) values ($1, $2, $3, $4, $5::jsonb, $6::jsonb, $7)`,
      [bucket, id, it.kind, it.id, JSON.stringify(it.data), it.folded && JSON.stringify(it.folded), it.at],
    )
  }
  const passages = [...enrolments.map((it) => ({ ...it, gen: 0 })), ...past.map((it) => ({ ...it, gen: it.entry }))]
  for (const [i, it] of passages.entries()) {
    await handle.query(
      `insert into enrolment (bucket, id, contact_id, flow_id, key, gen, entry, version, node, node_since, entered_at, vars, seq)
       values ($1, $2, $3, $4, $5, $6, $7, 1, 'n', 0, 0, '{}', 0)`,
      [bucket, id + 1024 * 1000 * (i + 1), id, it.flowId, it.key, it.gen, it.entry],
    )
  }
  // Beside the real membership a row that only remembers when to look again.
  await handle.query(`insert into member (bucket, contact_id, segment_id, since, recheck_at) values ($1, $2, 'seg_a', $3, 5)`, [
    bucket,
    id,
    members.seg_a ?? null,
  ])
}

const one = (...rules: Rule[]): Condition => ({ combinator: 'and', rules })

function sqlOf(source: Condition, models = catalog, now = NOW) {
  const made = conditionSql(source, models, { now })
  if ('issues' in made) throw new Error(JSON.stringify(made.issues))
  return made.ok
}

function evaluate(source: Condition, state: ContactState) {
  const made = compileCondition(source, catalog, 'segment')
  if ('issues' in made) throw new Error(JSON.stringify(made.issues))
  return made.ok.evaluate({ now: NOW, state, enteredAt: null }).truth
}

const verdicts = async (handle: Handle, source: Condition) => {
  const rows = await run<{ truth: boolean | null }>(handle, sql`select ${sqlOf(source)} as truth from contact c order by c.id`)
  return rows.map((row) => row.truth)
}

onBothDrivers('conditions', (handle) => {
  beforeAll(async () => {
    await ensureMonths(
      handle(),
      PEOPLE.flatMap((it) => it.events.map((event) => event.occurredAt)),
    )
    for (const [i, state] of PEOPLE.entries()) await store(handle(), idOf(i), state)
  })

  test('EC-10 SQL decides what the closure decides, unknowns and folding included', async () => {
    const seen = new Set<boolean | null>()
    await fc.assert(
      fc.asyncProperty(arbitraryCondition(false), async (source) => {
        const ours = PEOPLE.map((state) => evaluate(source, state))
        for (const truth of ours) seen.add(truth)
        expect(await verdicts(handle(), source)).toEqual(ours)
      }),
      { seed: 20261122, numRuns: 500 },
    )
    expect(seen).toEqual(new Set([true, false, null]))
  })

  test('EC-10 the same for every text and every comparison of texts, in fields and in properties of events', async () => {
    const ops = ['is', 'is-not', 'contains', 'not-contains', 'starts-with', 'ends-with', 'lt', 'gt'] as const
    for (const op of ops) {
      const rules = TEXTS.flatMap((value): Rule[] => [
        { subject: { kind: 'field', key: 'city' }, op, value },
        ...catalog.eventTypes.map(
          (type): Rule => ({
            subject: { kind: 'event', type, where: [{ key: 'url', op, value }], window: { kind: 'ever' } },
            op: 'ge',
            value: 1,
          }),
        ),
      ])
      // In small portions: a statement with hundreds of subqueries makes the server compile it, for seconds.
      for (let i = 0; i < rules.length; i += 12) {
        const sources = rules.slice(i, i + 12).map((rule): Condition => ({ combinator: 'and', rules: [rule] }))
        const parts = sql.join(
          sources.map((source) => sqlOf(source)),
          sql`, `,
        )
        const rows = await run<{ truths: (boolean | null)[] }>(handle(), sql`select array[${parts}] as truths from contact c order by c.id`)
        expect(rows.map((row) => row.truths)).toEqual(PEOPLE.map((state) => sources.map((source) => evaluate(source, state))))
      }
    }
  })

  test('EC-10 scores by the table, at every age and with the cap, to the hundredth', async () => {
    const dimensions = [
      ...catalog.dimensions,
      { id: 'fit', name: 'Fit', cap: 2000, factors: modelFactors({ halfLifeDays: 3, expiryDays: null }) },
    ].slice(1)
    const models = { ...catalog, dimensions }
    for (const now of [NOW, NOW + 1, NOW + DAY, NOW + 4 * DAY + 5, NOW + 200 * DAY]) {
      for (const dimension of ['fit', 'engagement']) {
        const ours = PEOPLE.map((it) => scoreOf({ now, state: it, dimensions }, dimension))
        const asked = [...new Set(ours)].map((value): Condition => one({ subject: { kind: 'score', dimension }, op: 'is', value }))
        const parts = sql.join(
          asked.map((source) => sqlOf(source, models, now)),
          sql`, `,
        )
        const rows = await run<{ truths: boolean[] }>(handle(), sql`select array[${parts}] as truths from contact c order by c.id`)
        expect(rows.map((row) => [...new Set(ours)][row.truths.indexOf(true)])).toEqual(ours)
      }
    }
  })

  test('EC-11 what was typed is a parameter, never a part of the statement', async () => {
    const attack = `' or 1=1; drop table contact; --`
    const source: Condition = {
      combinator: 'and',
      rules: [
        { subject: { kind: 'field', key: 'city' }, op: 'contains', value: attack },
        { subject: { kind: 'consent', topic: attack }, op: 'is' },
        {
          subject: { kind: 'event', type: attack, where: [{ key: attack, op: 'is', value: attack }], window: { kind: 'ever' } },
          op: 'ge',
          value: 1,
        },
      ],
    }
    expect(await verdicts(handle(), source)).not.toContain(true)
    expect(await handle().query('select count(*) as n from contact')).toEqual([{ n: PEOPLE.length }])
  })

  test('a condition that does not fit the catalog gives its issues, not SQL', () => {
    const made = conditionSql({ combinator: 'and', rules: [{ subject: { kind: 'field', key: 'gone' }, op: 'empty' }] }, catalog, {
      now: NOW,
    })
    expect(made).toMatchObject({ issues: [{ code: 'condition.missing', path: 'rules.0.subject.key' }] })
  })
})
