import { isDeepStrictEqual } from 'node:util'
import { type Handle, openDatabase, type Where } from '@baton/db'
import type { Sink } from '../faults/sink.ts'
import { emailOf, expected, PEOPLE } from './world.ts'

async function withHandle<T>(where: Where, work: (handle: Handle) => Promise<T>): Promise<T> {
  const handle = await openDatabase(where)
  try {
    return await work(handle)
  } finally {
    await handle.close()
  }
}

/** How much is still to be done. */
export function left(where: Where): Promise<number> {
  return withHandle(where, async (handle) => {
    const [row] = await handle.query<{ n: number }>(
      `select (select count(*) from inbox) + (select count(*) from wheel where slot <= $1) + (select count(*) from scan where status = 'running')
            + (select count(*) from handoff where state in ('routing', 'queued')) + (select count(*) from send where status in ('queued', 'sending')) as n`,
      [Date.now()],
    )
    return row?.n ?? 0
  })
}

interface Passage {
  email: string
  flow: string
  seqs: number[]
  nodes: string[]
}

async function passages(handle: Handle): Promise<Passage[]> {
  const rows = await handle.query<{ email: string; flow: string; id: number; steps: { seq: number; node: string }[] }>(
    `select c.key as email, e.flow_id as flow, e.id, j.steps from enrolment e join contact c on c.bucket = e.bucket and c.id = e.contact_id
     left join journal j on j.bucket = e.bucket and j.enrolment_id = e.id order by e.id, j.seq`,
  )
  const byId = new Map<number, Passage>()
  for (const { email, flow, id, steps } of rows) {
    const one = byId.get(id) ?? { email, flow, seqs: [], nodes: [] }
    for (const { seq, node } of steps ?? []) {
      one.seqs.push(seq)
      one.nodes.push(node)
    }
    byId.set(id, one)
  }
  return [...byId.values()]
}

function checkSteps(found: readonly Passage[]): string[] {
  const wrong: string[] = []
  for (const { email, flow, seqs } of found)
    if (!seqs.every((seq, i) => seq === i + 1)) wrong.push(`${email} in ${flow}: steps are numbered ${seqs.join(', ')}`)
  for (let i = 0; i < PEOPLE; i++) {
    const email = emailOf(i)
    for (const [flow, nodes] of Object.entries(expected(i).passages)) {
      const own = found.filter((one) => one.email === email && one.flow === flow).map((one) => one.nodes)
      if (!isDeepStrictEqual(own, nodes)) wrong.push(`${email} in ${flow}: ${JSON.stringify(own)} instead of ${JSON.stringify(nodes)}`)
    }
  }
  return wrong
}

/** Each person exactly the mails and points due; each sent mail exactly one Message-ID, and the server got no other. */
async function checkSends(handle: Handle, sink: Sink): Promise<{ wrong: string[]; unknown: number }> {
  const wrong: string[] = []
  const sends = await handle.query<{ email: string; status: string; message: string | null }>(
    `select c.key as email, s.status, s.message_id as message from send s join contact c on c.bucket = s.bucket and c.id = s.contact_id`,
  )
  const points = await handle.query<{ email: string; points: number[] }>(
    `select c.key as email, array_agg(l.points order by l.points) as points from ledger l join contact c on c.bucket = l.bucket and c.id = l.contact_id group by 1`,
  )
  for (let i = 0; i < PEOPLE; i++) {
    const { mails, points: due } = expected(i)
    const own = sends.filter((send) => send.email === emailOf(i))
    if (own.length !== mails) wrong.push(`${emailOf(i)}: ${own.length} mails instead of ${mails}`)
    const lines = points.find((row) => row.email === emailOf(i))?.points ?? []
    if (!isDeepStrictEqual(lines, due)) wrong.push(`${emailOf(i)}: points ${lines.join(', ')} instead of ${due.join(', ')}`)
  }
  const bare = (id: string | null) => (id ?? '').replace(/[<>]/g, '')
  const ids = new Set(sends.map((send) => bare(send.message)))
  for (const send of sends) {
    if (send.status === 'sent' && !sink.received.has(bare(send.message)))
      wrong.push(`${send.email}: sent, but the mail server never got it`)
    if (send.status !== 'sent' && send.status !== 'unknown') wrong.push(`${send.email}: its mail ended as ${send.status}`)
  }
  if (ids.size !== sends.length) wrong.push(`${sends.length} mails have ${ids.size} Message-IDs`)
  for (const [id, times] of sink.received) {
    if (!ids.has(id)) wrong.push(`The mail server got ${id}, which is no mail of ours`)
    if (times > 1) wrong.push(`The mail server got ${id} ${times} times`)
  }
  return { wrong, unknown: sends.filter((send) => send.status === 'unknown').length }
}

/** Everything that must hold after any number of kills. */
export function check(where: Where, sink: Sink): Promise<{ wrong: string[]; unknown: number }> {
  return withHandle(where, async (handle) => {
    const { wrong, unknown } = await checkSends(handle, sink)
    const leads = await handle.query<{ state: string; n: number; people: number }>(
      'select state, count(*) as n, count(distinct contact_id) as people from handoff group by 1',
    )
    const sole = leads[0]
    if (leads.length !== 1 || sole?.state !== 'assigned' || sole.n !== PEOPLE || sole.people !== PEOPLE)
      wrong.push(`Leads: ${JSON.stringify(leads)} instead of ${PEOPLE} assigned`)
    const dead = await handle.query('select 1 from dead')
    if (dead.length > 0) wrong.push(`${dead.length} items were set aside`)
    return { wrong: [...checkSteps(await passages(handle)), ...wrong], unknown }
  })
}
