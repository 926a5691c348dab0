import { describe, expect, test } from 'vitest'
import { cutOf, dropOld, ensureMonths, type Handle, previewRetention } from '../src/index.ts'
import { onBothDrivers } from './drivers.ts'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 2, 15, 9)
const TYPES = ['Clicked', 'Seen', 'Bought']

describe('what goes', () => {
  const none = { eventDays: null, typeDays: {}, journalDays: null }
  const cut = (settings: Parameters<typeof cutOf>[0], needed: [string, number][] = []) => cutOf(settings, TYPES, new Map(needed), NOW)
  const days = (settings: Parameters<typeof cutOf>[0], needed: [string, number][] = []) =>
    Object.fromEntries(cut(settings, needed).events.map(({ type, before }) => [type, (NOW - before) / DAY]))

  test('is nothing where nobody has said so', () => {
    expect(cut(none)).toEqual({ events: [], journals: null })
  })

  test('follows the settings: all types, but for those with a time of their own', () => {
    const settings = { ...none, eventDays: 100, typeDays: { Bought: null, Seen: 40 }, journalDays: 60 }
    expect(days(settings)).toEqual({ Clicked: 100, Seen: 40 })
    expect(cut(settings).journals).toBe(NOW - 60 * DAY)
    expect(days({ ...none, typeDays: { Seen: 40 } })).toEqual({ Seen: 40 })
  })

  test('never reaches what a flow or segment looks at, nor anything that is looked at without end', () => {
    const settings = { ...none, eventDays: 100 }
    const needs: [string, number][] = [
      ['Clicked', 180],
      ['Seen', 14],
      ['Bought', Number.POSITIVE_INFINITY],
    ]
    expect(days(settings, needs)).toEqual({ Clicked: 181, Seen: 100 })
  })
})

/** An event of each type on the first of each of the last months, for a hundred people. */
async function fill(handle: Handle): Promise<void> {
  const months = Array.from({ length: 6 }, (_, i) => Date.UTC(2025, 9 + i, 1, 12))
  await ensureMonths(handle, months)
  for (const type of TYPES) {
    await handle.query('insert into event_type (name, first_at) values ($1, 0) on conflict do nothing', [type])
    for (const at of months) {
      await handle.query(
        `insert into event (bucket, at, id, contact_id, type, props, received_at)
         select (g * 7) % 1024, $1::bigint, $2 || g, (g * 7) % 1024, $2, '{}', $1::bigint from generate_series(1, 100) g`,
        [at, type],
      )
    }
  }
  await handle.query(
    `insert into form_answer (bucket, at, event_id, contact_id, form_id) select bucket, at, id, contact_id, 'f' from event where type = 'Seen'`,
  )
  // Half of the ways ended, at different times; each has two turns.
  await handle.query(
    `insert into enrolment (bucket, id, contact_id, flow_id, key, gen, entry, version, node, node_since, entered_at, vars, seq, ended_at)
     select g % 1024, g, g, 'f', '', g % 2, 1, 1, 'n', 0, 0, '{}', 2, case when g % 2 = 1 then $1::bigint - g::bigint * ${DAY} end from generate_series(1, 200) g`,
    [NOW],
  )
  await handle.query(
    `insert into journal (bucket, enrolment_id, seq, at, steps) select g % 1024, g, s, 0, '[]' from generate_series(1, 200) g, generate_series(1, 2) s`,
  )
  await handle.query(`insert into node_delta (bucket, flow_id, node, port, hour, n) values (1, 'f', 'n', '', 1, 200)`)
}

onBothDrivers('retention', (handle) => {
  const left = () =>
    handle().query<{ type: string; n: number; first: string }>(
      `select type, count(*)::int as n, to_char(to_timestamp(min(at) / 1000) at time zone 'UTC', 'YYYY-MM') as first from event group by type order by type`,
    )
  const settings = { eventDays: 60, typeDays: { Bought: null }, journalDays: 100 }
  const cut = () => cutOf(settings, TYPES, new Map([['Clicked', 100]]), NOW)

  test('tells before how much would go, and then exactly that goes', async () => {
    await fill(handle())
    const preview = await previewRetention(handle(), cut())
    // Kept: Clicked for 101 days, Seen for 60.
    expect(preview).toEqual({
      events: [
        { type: 'Clicked', n: 300 },
        { type: 'Seen', n: 400 },
      ],
      journals: 50,
      exact: true,
    })
    expect(await dropOld(handle(), cut())).toEqual({ events: 700, months: 0, journals: 100 })
    expect(await left()).toEqual([
      { type: 'Bought', n: 600, first: '2025-10' },
      { type: 'Clicked', n: 300, first: '2026-01' },
      { type: 'Seen', n: 200, first: '2026-02' },
    ])
    expect(await handle().query('select count(*)::int as n from form_answer')).toEqual([{ n: 200 }])
    expect(await handle().query('select count(*)::int as n from enrolment')).toEqual([{ n: 200 }])
    expect(await handle().query('select count(distinct enrolment_id)::int as n from journal where enrolment_id % 2 = 0')).toEqual([
      { n: 100 },
    ])
    expect(await handle().query('select sum(n)::int as n from node_delta')).toEqual([{ n: 200 }])
    expect(await dropOld(handle(), cut())).toEqual({ events: 0, months: 0, journals: 0 })
  })

  test('empties a month at once where nothing of it is kept; the month takes late events still', async () => {
    const all = cutOf({ ...settings, typeDays: {} }, TYPES, new Map(), NOW)
    expect(await dropOld(handle(), all)).toMatchObject({ months: 3 })
    expect((await left()).map(({ first }) => first)).toEqual(['2026-02', '2026-02', '2026-02'])
    await handle().query(
      `insert into event (bucket, at, id, contact_id, type, props, received_at) values (1, $1, 'late', 1, 'Seen', '{}', $1)`,
      [Date.UTC(2025, 10, 3)],
    )
    expect(await dropOld(handle(), all)).toMatchObject({ months: 1, events: 0 })
  })

  test('of a type that nobody knows keeps its month', async () => {
    await handle().query(
      `insert into event (bucket, at, id, contact_id, type, props, received_at) values (1, $1, 'odd', 1, 'Odd', '{}', $1), (1, $1, 's', 1, 'Seen', '{}', $1)`,
      [Date.UTC(2025, 10, 3)],
    )
    const all = cutOf({ ...settings, typeDays: {} }, TYPES, new Map(), NOW)
    expect(await dropOld(handle(), all)).toMatchObject({ months: 0, events: 1 })
    expect(await handle().query(`select id from event where type = 'Odd'`)).toEqual([{ id: 'odd' }])
  })

  test('stops between strides when told to', async () => {
    await handle().query(
      `insert into event (bucket, at, id, contact_id, type, props, received_at) select b, $1, 'x' || b, b, 'Seen', '{}', $1 from unnest(array[3, 900]) b`,
      [Date.UTC(2026, 0, 3)],
    )
    let strides = 0
    expect(await dropOld(handle(), cut(), () => strides++ < 1)).toMatchObject({ events: 1 })
    expect(await dropOld(handle(), cut())).toMatchObject({ events: 1 })
  })
})
