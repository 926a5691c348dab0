import { type Condition, emptyCatalog } from '@baton/engine'
import { halfLifeFactors, hash01, sumScore } from '@baton/leads'
import { beforeAll, expect, test } from 'vitest'
import {
  answeredLeads,
  deedsBefore,
  ensureMonths,
  fieldsOf,
  handedByScore,
  leftByScore,
  nonCustomers,
  rejectionReasons,
  versionTallies,
  winners,
  winTally,
} from '../src/index.ts'
import { onBothDrivers } from './drivers.ts'

const DAY = 86_400_000
const from = Date.UTC(2026, 0, 1)
const to = Date.UTC(2026, 3, 1)
const period = { from, to }
const PEOPLE = 600
const pick = <T>(list: readonly T[], ...seed: (string | number)[]): T => list[Math.floor(hash01(seed) * list.length)] as T

/** What became of leads, by weight: rejected ones are those of small companies. */
const ENDS = ['won', 'won', 'lost', 'rejected', 'rejected', 'no-response', 'overflow', 'accepted', 'assigned', 'sleeping'] as const

/** Somebody made up, with everything that the numbers are made of. */
function personOf(i: number) {
  const bucket = Math.floor(hash01([i]) * 1024)
  const at = from - 20 * DAY + Math.floor(hash01(['at', i]) * 120) * DAY
  const state = pick(ENDS, 'end', i)
  const employees = state === 'rejected' ? 5 + (i % 25) : 10 + (i % 90)
  return {
    id: (i + 1) * 1024 + bucket,
    bucket,
    employees,
    country: i % 3 === 0 ? 'DE' : 'AT',
    // Every third was handed over; half of them by this agreement.
    lead:
      i % 3 === 0
        ? { at, state, version: 1 + (i % 2), by: i % 2 === 0 || i % 9 === 0 ? 'agr' : 'other', score: 4000 + (i % 60) * 100 + 50 }
        : null,
    // Some became customers without sales, one in the life cycle, one by an opportunity of the CRM.
    wonBy: i % 3 === 1 && i % 7 === 0 ? (i % 2 === 0 ? 'life' : 'opportunity') : null,
    wonAt: at + 30 * DAY,
    lines: Array.from({ length: i % 5 }, (_, n) => ({ at: at - 40 * DAY + n * 17 * DAY, points: n === 3 ? -500 : 1000 + (i % 30) * 100 })),
    visits: i % 4,
  }
}
const people = Array.from({ length: PEOPLE }, (_, i) => personOf(i))
type Made = (typeof people)[number]
const closed = (it: Made) => (it.lead?.state === 'won' ? it.lead.at + 10 * DAY : null)
/** When somebody became a customer for the first time, by another way than the queries go. */
const wonAt = (it: Made): number | null => {
  const day = (at: number) => Date.parse(new Date(at).toISOString().slice(0, 10)) + DAY - 1
  const ways = [closed(it), it.wonBy === 'life' ? it.wonAt : null, it.wonBy === 'opportunity' ? day(it.wonAt) : null]
  const known = ways.filter((at) => at !== null)
  return known.length === 0 ? null : Math.min(...known)
}
const inPeriod = (at: number | null | undefined): at is number => at != null && at >= from && at < to
const size: Condition = { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'employees' }, op: 'ge', value: 20 }] }
const catalog = { ...emptyCatalog('UTC'), fields: [{ key: 'employees', label: 'Employees', type: 'number' as const }] }
const rules = { factors: halfLifeFactors(30), cap: 6000 }

onBothDrivers('what came of an agreement', (handle) => {
  beforeAll(async () => {
    await ensureMonths(handle(), [from - 60 * DAY, from - 30 * DAY, ...Array.from({ length: 8 }, (_, n) => from + n * 28 * DAY)])
    const insert = (statement: string, rows: readonly object[]) => handle().query(statement, [JSON.stringify(rows)])
    await insert(
      `insert into contact (bucket, id, key, facts, stage, created_at)
       select r.bucket, r.id, 'p' || r.id, json_build_object('f', json_build_object('employees', r.employees, 'country', r.country), 'k', '{}'::json, 'c', '{}'::json)::jsonb,
         r.stage, 0 from json_to_recordset($1::json) as r(bucket smallint, id bigint, employees int, country text, stage text)`,
      people.map((it) => ({ ...it, stage: wonAt(it) === null ? 'lead' : 'customer' })),
    )
    await insert(
      `insert into handoff (bucket, id, contact_id, key, flow_id, object_key, entry, version, node, team_id, state, packet, created_at,
         answered_at, accepted_at, closed_at, reject_reason, outcome, agreement_id, agreement_version)
       select r.bucket, r.id, r.id, 'h' || r.id, 'flw', '', 1, 1, 'n', 'team', r.state,
         json_build_object('why', '', 'note', null, 'fields', json_build_object('employees', r.employees), 'scores', json_build_object('fit', r.score))::jsonb,
         r.at, r.answered, r.accepted, r.closed, r.reason, r.outcome, r.agreement, r.version
       from json_to_recordset($1::json) as r(bucket smallint, id bigint, state text, employees int, score int, at bigint, answered bigint,
         accepted bigint, closed bigint, reason text, outcome text, agreement text, version int)`,
      people.flatMap((it) => {
        if (!it.lead) return []
        const { state, at, by, version, score } = it.lead
        const took = ['won', 'lost', 'accepted'].includes(state)
        const outcome =
          { won: 'converted', lost: 'lost', rejected: 'rejected', 'no-response': 'no-response', overflow: 'overflow' }[state as string] ??
          null
        return {
          ...{ bucket: it.bucket, id: it.id, employees: it.employees, state, at, version, score, agreement: by, outcome },
          answered: took || state === 'rejected' ? at + DAY : null,
          accepted: took ? at + DAY : null,
          closed: closed(it) ?? (state === 'lost' || state === 'rejected' ? at + 2 * DAY : null),
          reason: state === 'rejected' ? (it.employees < 20 ? 'Too small for us' : 'No need') : null,
        }
      }),
    )
    const won = people.filter((it) => it.wonBy !== null)
    await insert(
      `insert into event (bucket, at, id, contact_id, type, props, received_at) select r.bucket, r.at, 'l' || r.id, r.id, 'lifecycle.changed',
         '{"from":"lead","to":"customer"}'::jsonb, r.at from json_to_recordset($1::json) as r(bucket smallint, id bigint, at bigint)`,
      won.filter((it) => it.wonBy === 'life').map(({ bucket, id, wonAt: at }) => ({ bucket, id, at })),
    )
    await insert(
      `insert into related (bucket, contact_id, kind, id, data, at) select r.bucket, r.id, 'opportunity', 'o' || r.id,
         json_build_object('stage', 'Closed Won', 'close_date', r.day)::jsonb, 0 from json_to_recordset($1::json) as r(bucket smallint, id bigint, day text)`,
      won
        .filter((it) => it.wonBy === 'opportunity')
        .map(({ bucket, id, wonAt: at }) => ({ bucket, id, day: new Date(at).toISOString().slice(0, 10) })),
    )
    await insert(
      `insert into ledger (bucket, contact_id, key, dimension, points, at, rule, cause) select r.bucket, r.id, r.key, 'fit', r.points, r.at, 'r',
         '{"flowId":"f","node":"n","visit":1}'::jsonb
       from json_to_recordset($1::json) as r(bucket smallint, id bigint, key text, points int, at bigint)`,
      people.flatMap(({ bucket, id, lines }) => lines.map((line, n) => ({ bucket, id, key: `k${n}`, ...line }))),
    )
    await insert(
      `insert into event (bucket, at, id, contact_id, type, props, received_at) select r.bucket, r.at, 'v' || r.id || r.n, r.id, 'page', '{}'::jsonb, r.at
       from json_to_recordset($1::json) as r(bucket smallint, id bigint, n int, at bigint)`,
      people.flatMap(({ bucket, id, visits, wonAt: at }) =>
        Array.from({ length: visits }, (_, n) => ({ bucket, id, n, at: at - 5 * DAY })),
      ),
    )
  }, 120_000)

  const leads = people.filter((it) => it.lead?.by === 'agr' && inPeriod(it.lead.at))
  const count = (list: readonly Made[], ...states: string[]) => list.filter((it) => states.includes(it.lead?.state ?? '')).length

  test('leads by version, each in the columns it belongs to', async () => {
    const found = await versionTallies(handle(), 'agr', period)
    const expected = [1, 2].map((version) => {
      const own = leads.filter((it) => it.lead?.version === version)
      const accepted = count(own, 'won', 'lost', 'accepted')
      const rejected = count(own, 'rejected')
      return {
        ...{ version, handed: own.length, answered: accepted + rejected, accepted, rejected },
        ended: count(own, 'won', 'lost', 'rejected', 'no-response'),
        won: count(own, 'won'),
        noResponse: count(own, 'no-response'),
        overflow: count(own, 'overflow'),
        open: count(own, 'accepted', 'assigned', 'sleeping'),
        firstAt: Math.min(...own.map((it) => it.lead?.at ?? 0)),
      }
    })
    expect(found).toEqual(expected.filter((it) => it.handed > 0))
    for (const it of found) expect(it.ended + it.open + it.overflow).toBe(it.handed)
    expect(await versionTallies(handle(), 'nothing', period)).toEqual([])
  })

  test('reasons of rejections', async () => {
    const rejected = leads.filter((it) => it.lead?.state === 'rejected')
    const small = rejected.filter((it) => it.employees < 20).length
    const found = new Map((await rejectionReasons(handle(), 'agr', period)).map((it) => [it.reason, it.n]))
    expect(found).toEqual(
      new Map([
        ['Too small for us', small],
        ['No need', rejected.length - small],
      ]),
    )
  })

  test('customers, and who of them was handed over before: by any flow, by this agreement', async () => {
    const wins = people.filter((it) => inPeriod(wonAt(it)))
    const before = (it: Made) => it.lead !== null && it.lead.at <= (wonAt(it) ?? 0)
    const handed = wins.filter(before)
    expect(wins.length).toBeGreaterThan(handed.length)
    expect(await winTally(handle(), 'agr', period)).toEqual({
      wins: wins.length,
      handed: handed.length,
      byThis: handed.filter((it) => it.lead?.by === 'agr').length,
    })
    const listed = await winners(handle(), period, 1000)
    expect(new Map(listed.map((it) => [it.id, it.at]))).toEqual(new Map(wins.map((it) => [it.id, wonAt(it)])))
    expect(await winners(handle(), period, 3)).toEqual(listed.slice(0, 3))
  })

  test('customers of a period are found by an index of their own, not among all that happened then', async () => {
    const plan = await handle().transaction(async (tx) => {
      await tx.query('set local enable_seqscan = off')
      const made = tx.query<Record<string, string>>(
        `explain select bucket, contact_id, at from event e
         where e.type = 'lifecycle.changed' and e.props->>'to' = 'customer' and e.at >= ${from} and e.at < ${to}`,
      )
      return (await made).map((row) => Object.values(row).join(' ')).join('\n')
    })
    // What the index holds is not asked of each row again.
    expect(plan).toMatch(/Index.* on event_2026_02/)
    expect(plan).not.toMatch(/Filter:.*lifecycle/)
  })

  test('answered leads with what travelled with them, and what is known of them now', async () => {
    const answered = leads.filter((it) => ['won', 'lost', 'accepted', 'rejected'].includes(it.lead?.state ?? ''))
    const found = await answeredLeads(handle(), 'agr', period, 1000)
    expect(new Map(found.map((it) => [it.contactId, [it.accepted, it.fields]]))).toEqual(
      new Map(answered.map((it) => [it.id, [it.lead?.state !== 'rejected', { employees: it.employees }]])),
    )
    const [one] = answered
    expect((await fieldsOf(handle(), [one?.id ?? 0, 5])).get(one?.id ?? 0)).toEqual({ employees: one?.employees, country: one?.country })
  })

  test('what people did within days before an instant', async () => {
    const ids = people.slice(0, 100)
    const found = await deedsBefore(
      handle(),
      ids.map((it) => ({ id: it.id, at: it.wonAt })),
      30,
    )
    expect(found).toEqual([{ type: 'page', n: ids.filter((it) => it.visits > 0).length }])
    expect(
      await deedsBefore(
        handle(),
        ids.map((it) => ({ id: it.id, at: it.wonAt })),
        4,
      ),
    ).toEqual([])
    const others = await nonCustomers(handle(), to, 1000)
    expect(new Set(others)).toEqual(new Set(people.filter((it) => wonAt(it) === null).map((it) => it.id)))
    expect(await nonCustomers(handle(), to, 7)).toEqual(others.slice(0, 7))
  })

  test('LE-15 leads by the score they were handed over with', async () => {
    const expected = new Map<number, number>()
    for (const it of leads)
      expected.set(Math.floor((it.lead?.score ?? 0) / 100), (expected.get(Math.floor((it.lead?.score ?? 0) / 100)) ?? 0) + 1)
    const found = await handedByScore(handle(), 'agr', 'fit', period)
    expect(new Map(found.map((it) => [it.score, it.handed]))).toEqual(expected)
    const sum = (key: 'answered' | 'accepted' | 'won') => found.reduce((all, it) => all + it[key], 0)
    expect([sum('answered'), sum('accepted'), sum('won')]).toEqual([
      count(leads, 'won', 'lost', 'accepted', 'rejected'),
      count(leads, 'won', 'lost', 'accepted'),
      count(leads, 'won'),
    ])
    expect(await handedByScore(handle(), 'agr', 'gone', period)).toEqual([])
  })

  test('LE-15 who was not handed over, by the highest score they came to before they became customers; from any place of the sample on', async () => {
    const handed = (it: Made) => it.lead !== null && inPeriod(it.lead.at)
    const expected = new Map<number, { people: number; won: number }>()
    for (const it of people) {
      const known = it.lines.filter((line) => line.at < to)
      if (handed(it) || it.employees < 20 || known.length === 0) continue
      const won = wonAt(it)
      const end = inPeriod(won) ? won + 1 : to
      // Every hour would be slow and exact; every day from the first on, and each line, finds the same highest.
      const days = Array.from({ length: Math.ceil((end - from) / DAY) }, (_, n) => from + n * DAY)
      const lines = known.filter((line) => line.at < end).map((line) => ({ ...line, dimension: 'fit' }))
      const at = [...days, ...lines.map((line) => line.at).filter((it) => it >= from)]
      const worth = at.map((instant) => sumScore(lines, 'fit', instant, rules))
      // A negative line that wears off lets a score rise a little between its lines: the highest at lines is what is told.
      const peak = Math.max(
        sumScore(lines, 'fit', from, rules),
        ...lines.filter((line) => line.at >= from).map((line) => sumScore(lines, 'fit', line.at, rules)),
      )
      expect(Math.max(...worth) - peak).toBeLessThan(300)
      const score = Math.floor(peak / 100)
      const was = expected.get(score) ?? { people: 0, won: 0 }
      expected.set(score, { people: was.people + 1, won: was.won + (inPeriod(won) ? 1 : 0) })
    }
    const asked = { dimension: 'fit', rules, others: size, catalog, period, now: to }
    const whole = await leftByScore(handle(), asked, { from: 0, ms: 60_000 })
    expect(new Map(whole.left.map(({ score, ...it }) => [score, it]))).toEqual(expected)
    expect(whole.leftWon).toBe(people.filter((it) => inPeriod(wonAt(it)) && !handed(it)).length)
    expect(whole.next).toBeNull()

    // From half of the sample on: who lies in the buckets of the other half, which are taken in steps of 389.
    const half = await leftByScore(handle(), asked, { from: 512, ms: 60_000 })
    const rest = new Set(Array.from({ length: 512 }, (_, n) => ((512 + n) * 389) % 1024))
    const peopleIn = (list: readonly { people: number }[]) => list.reduce((all, it) => all + it.people, 0)
    expect(half.leftWon).toBe(people.filter((it) => inPeriod(wonAt(it)) && !handed(it) && rest.has(it.bucket)).length)
    expect(peopleIn(half.left)).toBe(
      people.filter((it) => !handed(it) && it.employees >= 20 && it.lines.some((line) => line.at < to) && rest.has(it.bucket)).length,
    )
  })
})
