import type { Handle } from '@baton/db'
import { nodeCounts } from '@baton/db'
import type { Hook } from './hook.ts'
import type { Sink } from './sink.ts'

export interface Passage {
  place: string
  /** Its id in the database. */
  id: number
  live: boolean
  seq: number
  steps: { seq: number; at: number; node: string; port: string }[]
  /** Turns that began before they were due, as sentences. */
  early: string[]
}

/** What is in a database when all is over, and what the outside world got. Nothing is judged here. */
export interface Facts {
  passages: readonly Passage[]
  ledger: readonly string[]
  sends: readonly { key: string; status: string; messageId: string }[]
  effects: readonly { key: string; name: string; kind: string; status: string }[]
  handoffs: readonly { key: string; state: string }[]
  counts: ReadonlyMap<string, number>
  events: readonly string[]
  /** Rows that must be none, by what they are. */
  rest: ReadonlyMap<string, number>
  mails: ReadonlyMap<string, number>
  calls: ReadonlyMap<string, readonly string[]>
}

interface StepRow {
  key: string
  flow: string
  id: number
  gen: number
  last: number
  at: number | null
  due: number | null
  steps: { seq: number; at: number; node: string; port: string }[] | null
}

async function passages(handle: Handle): Promise<Passage[]> {
  const rows = await handle.query<StepRow>(
    `select c.key, e.flow_id as flow, e.id, e.gen, e.seq as last, j.at, j.due, j.steps
     from enrolment e join contact c on c.bucket = e.bucket and c.id = e.contact_id
     left join journal j on j.bucket = e.bucket and j.enrolment_id = e.id order by e.id, j.seq`,
  )
  const byId = new Map<number, Passage>()
  for (const { key, flow, id, gen, last, at, due, steps } of rows) {
    const one = byId.get(id) ?? { place: `${key} ${flow}`, id, live: gen === 0, seq: last, steps: [], early: [] }
    one.steps.push(...(steps ?? []))
    const first = steps?.[0]?.at ?? at
    if (due !== null && first !== null && first < due) one.early.push(`${key} in ${flow}: a turn at ${first}, which was due at ${due} only`)
    byId.set(id, one)
  }
  return [...byId.values()]
}

/** What would be left to do or not given back; each must be empty at the end of a round. */
const REST: Readonly<Record<string, string>> = {
  'rows in the inbox': 'select count(*) as n from inbox',
  'rows on the wheel': 'select count(*) as n from wheel',
  'passes that run': `select count(*) as n from scan where status = 'running'`,
  'leases held': `select count(*) as n from lease where owner <> ''`,
}

/** What must be none, with why it is there. */
const FAILED: Readonly<Record<string, string>> = {
  'items set aside': 'select error, count(*) as n from dead group by error',
  'people who stand still': `select vars -> 'parked' ->> 'message' as error, count(*) as n from enrolment where gen = 0 and vars ? 'parked' group by error`,
}

/** @param killed processes that ended without a word: they are signed on until long after */
export async function readFacts(
  handle: Handle,
  sink: Pick<Sink, 'received'>,
  hook: Pick<Hook, 'calls'>,
  killed: readonly number[] = [],
): Promise<Facts> {
  const of = 'join contact c on c.bucket = t.bucket and c.id = t.contact_id'
  const rest = new Map<string, number>()
  for (const [what, text] of Object.entries(REST)) rest.set(what, (await handle.query<{ n: number }>(text))[0]?.n ?? 0)
  for (const [what, text] of Object.entries(FAILED))
    for (const { error, n } of await handle.query<{ error: string; n: number }>(text)) rest.set(`${what}: ${error}`, n)
  const workers = await handle.query<{ owner: string }>('select owner from worker')
  rest.set('workers signed on', workers.filter(({ owner }) => !killed.some((pid) => owner.startsWith(`${pid}-`))).length)
  const ledger = await handle.query<{ line: string }>(`select c.key || ' ' || t.key || ' ' || t.points as line from ledger t ${of}`)
  const events = await handle.query<{ id: string }>(`select id from event where type in ('Started', 'Pinged')`)
  const counts = await nodeCounts(handle)
  return {
    passages: await passages(handle),
    ledger: ledger.map(({ line }) => line),
    sends: await handle.query(
      `select c.key || ' ' || t.key as key, t.status, coalesce(trim(t.message_id, '<>'), '') as "messageId" from send t ${of}`,
    ),
    effects: await handle.query(
      `select c.key || ' ' || t.key as key, t.key as name, t.kind, t.status from effect t ${of} where not starts_with(t.key, 'lead/')`,
    ),
    handoffs: await handle.query(`select c.key || ' ' || t.key as key, t.state from handoff t ${of}`),
    counts: new Map(counts.map(({ flowId, node, port, n }) => [`${flowId} ${node} ${port}`, n])),
    events: events.map(({ id }) => id),
    rest,
    mails: new Map(sink.received),
    calls: new Map(hook.calls),
  }
}
