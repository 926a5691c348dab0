import { type Handle, nodeCounts } from '@baton/db'
import { parseNode, type Reason, UNDECIDED } from '@baton/engine'
import { recompute } from '@baton/engine/testing'
import { FLOW } from './versions.ts'

/** A passage as it is: where somebody stands, or how it ended. */
export interface Passage {
  id: number
  contact: string
  node: string
  version: number
  /** null while they are inside. */
  ended: string | null
}

export const passages = (handle: Handle): Promise<Passage[]> =>
  handle.query<Passage>(
    `select e.id, c.key as contact, e.node, e.version, case when e.gen = 0 then null else coalesce(e.end_how, '?') end as ended
     from enrolment e join contact c on c.bucket = e.bucket and c.id = e.contact_id where e.flow_id = $1 order by e.id`,
    [FLOW],
  )

/** Whoever was inside is inside or has left, with how; at every step the counts of pages are the people there. */
export async function stillThere(handle: Handle, before: readonly Passage[]): Promise<{ now: Passage[]; wrong: string[] }> {
  const now = await passages(handle)
  const known = new Map(now.map((it) => [it.id, it]))
  const wrong = before.flatMap(({ id, contact, node, ended }) => {
    const one = known.get(id)
    if (!one) return [`${contact} stood at ${node} and is lost`]
    if (ended !== null && one.ended === null) return [`${contact} had left and is inside again`]
    return one.ended === '?' ? [`${contact} left nobody knows how`] : []
  })
  const here = new Map<string, number>()
  for (const { node, port, n } of await nodeCounts(handle, FLOW)) {
    if (port !== UNDECIDED) here.set(node, (here.get(node) ?? 0) + (port === '' ? n : -n))
  }
  for (const { node, ended } of now) if (ended === null) here.set(node, (here.get(node) ?? 0) - 1)
  for (const [node, n] of here) if (n !== 0) wrong.push(`At ${node} the counts say ${n > 0 ? `${n} more` : `${-n} fewer`} than there are`)
  const inside = now.filter((it) => it.ended === null).map((it) => it.contact)
  for (const contact of new Set(inside)) if (inside.filter((it) => it === contact).length > 1) wrong.push(`${contact} is inside twice`)
  return { now, wrong }
}

interface StepRow {
  contact: string
  id: number
  last: number
  steps: { seq: number; node: string; port: string; reason: Reason }[] | null
}

/** Every log explains itself: one unbroken row of steps, each of which follows from its reason alone. */
export async function explained(handle: Handle): Promise<{ wrong: string[]; steps: number; codes: Set<string> }> {
  const rows = await handle.query<StepRow>(
    `select c.key as contact, e.id, e.seq as last, j.steps from enrolment e join contact c on c.bucket = e.bucket and c.id = e.contact_id
     left join journal j on j.bucket = e.bucket and j.enrolment_id = e.id where e.flow_id = $1 order by e.id, j.seq`,
    [FLOW],
  )
  const wrong: string[] = []
  const codes = new Set<string>()
  const seqs = new Map<number, number>()
  let steps = 0
  for (const { contact, id, steps: taken } of rows) {
    for (const { seq, node, port, reason } of taken ?? []) {
      steps++
      codes.add(reason.code)
      if (seq !== (seqs.get(id) ?? 0) + 1) wrong.push(`${contact}: step ${seq} at ${node} comes after step ${seqs.get(id) ?? 0}`)
      seqs.set(id, seq)
      const again = recompute(reason)
      if (again !== port) wrong.push(`${contact}: at ${node} went by ${port}, and the reason says ${again}: ${JSON.stringify(reason)}`)
    }
  }
  for (const { id, contact, last } of rows)
    if ((seqs.get(id) ?? 0) !== last) wrong.push(`${contact}: ${seqs.get(id) ?? 0} steps are kept of ${last}`)
  return { wrong: [...new Set(wrong)], steps, codes }
}

/** Nothing was sent twice for one key, whatever a mail server got is a mail of ours, and nothing stands still or was set aside. */
export async function sentOnce(handle: Handle, received: ReadonlyMap<string, number>): Promise<string[]> {
  const twice = await handle.query<{ key: string; n: number }>(
    'select key, count(*)::int as n from (select key from send union all select key from effect union all select key from handoff) x group by key having count(*) > 1',
  )
  const ours = await handle.query<{ id: string; status: string }>(
    `select coalesce(trim(message_id, '<>'), '') as id, status from send where message_id is not null`,
  )
  const ids = new Map(ours.map((it) => [it.id, it.status]))
  const rest = await handle.query<{ what: string; n: number }>(
    `select 'items in the inbox' as what, count(*)::int as n from inbox union all select 'items set aside', count(*)::int from dead
     union all select 'people who stand still', count(*)::int from enrolment where gen = 0 and vars ? 'parked'
     union all select 'passes that run', count(*)::int from scan where status = 'running'`,
  )
  return [
    ...twice.map(({ key, n }) => `${key} is there ${n} times`),
    ...[...received].flatMap(([id, n]) =>
      n > 1 ? [`The mail server got ${id} ${n} times`] : ids.has(id) ? [] : [`The mail server got ${id}, which is no mail of ours`],
    ),
    ...ours.flatMap(({ id, status }) =>
      status === 'sent' && !received.has(id) ? [`${id} counts as sent, and the mail server never got it`] : [],
    ),
    ...rest.flatMap(({ what, n }) => (n > 0 ? [`${n} ${what}`] : [])),
  ]
}

/** The sorts of waits at which people stand. */
export async function waitedFor(handle: Handle): Promise<string[]> {
  const rows = await handle.query<{ data: Record<string, unknown>; type: string; id: string }>(
    `select distinct n -> 'data' as data, n ->> 'type' as type, n ->> 'id' as id from enrolment e
     join version v on v.flow_id = e.flow_id and v.version = e.version, jsonb_array_elements(v.graph -> 'nodes') n
     where e.flow_id = $1 and e.gen = 0 and n ->> 'id' = e.node`,
    [FLOW],
  )
  return rows.flatMap(({ id, type, data }) => {
    const parsed = parseNode({ id, type, data })
    const config: unknown = 'ok' in parsed ? parsed.ok.config : undefined
    const until = new Map(Object.entries(config ?? {})).get('until')
    return typeof until === 'object' && until !== null && 'kind' in until ? [String(until.kind)] : []
  })
}
