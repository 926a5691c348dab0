import { appendItems, createFlow, createIds, createUser, ensureMonths, type Handle, prepareEvents, saveTeam } from '@baton/db'
import { buildGraph } from '@baton/engine/testing'
import { BY, publish } from '../faults/world.ts'

/** A Tuesday at ten in the reps' zone: they work from nine to five. */
export const BEGIN = Date.UTC(2026, 2, 3, 10)
export const MINUTE = 60_000
/** Working minutes that a rep has. */
export const LEVEL = 60
export const BOUNCES = 2

export interface SalesRep {
  id: string
  name: string
  cap: number
}

export interface LeadWorld {
  teamId: string
  reps: readonly SalesRep[]
  /** What becomes of a lead that nobody worked, after `BOUNCES` further reps. */
  afterBreach: 'manager' | 'no-response'
}

const REPS = 12

/** A team with limits, and a flow that hands over whoever asks. */
export async function makeLeadWorld(handle: Handle, random: () => number): Promise<LeadWorld> {
  const afterBreach = random() < 0.5 ? 'manager' : 'no-response'
  const made = await handle.transaction(async (tx) => {
    const reps: (SalesRep & { weight: number })[] = []
    for (let i = 0; i < REPS; i++) {
      const name = `Rep ${i}`
      const { id } = await createUser(tx, { name, email: `rep${i}@sales.example`, role: 'sales_rep', passwordHash: '-', at: 0 })
      reps.push({ id, name, cap: 5 + Math.floor(random() * 30), weight: 1 + Math.floor(random() * 3) })
    }
    const members = reps.map(({ id, cap, weight }) => ({ userId: id, weight, cap, active: true }))
    const teamId = (await saveTeam(tx, { name: 'Leads', members, at: 0 })) ?? ''
    const hand = { teamId, why: 'A soak', level: { minutes: LEVEL, remindBefore: 15 }, redistribute: BOUNCES, afterBreach }
    const graph = buildGraph(
      [
        ['in', 'trigger', { on: { kind: 'event', type: 'Wanted', where: [], key: null } }],
        ['hand', 'hand-to-sales', hand],
        ['end', 'exit', { label: 'End' }],
      ],
      [
        ...['in.out>hand', 'hand.accepted>end', 'hand.rejected>end', 'hand.overflow>end'],
        ...(afterBreach === 'no-response' ? ['hand.no-response>end'] : []),
      ],
    )
    await createFlow(tx, { id: 'flw_lead', name: 'Leads', graph, by: BY, at: 0 })
    await publish(tx, 'flw_lead', 0)
    return { teamId, reps }
  })
  return { ...made, afterBreach }
}

/** So many people who ask at the same moment. */
export async function askAtOnce(handle: Handle, people: number): Promise<void> {
  await ensureMonths(handle, [BEGIN])
  const ids = await createIds(handle).take(Array.from({ length: people }, (_, i) => (i * 37) % 1024))
  await handle.query(
    `insert into contact (bucket, id, key, facts, created_at) select (v & 1023)::smallint, v, 'lead-' || v, '{"f":{},"k":{},"c":{}}'::jsonb, 0 from unnest($1::int8[]) v`,
    [ids],
  )
  const events = ids.map((id) => ({ id: `want-${id}`, type: 'Wanted', props: {}, occurredAt: BEGIN, receivedAt: BEGIN }))
  await prepareEvents(handle, events, BEGIN)
  await handle.transaction((tx) =>
    appendItems(
      tx,
      ids.flatMap((contactId, i) => {
        const event = events[i]
        return event ? [{ contactId, item: { kind: 'event' as const, at: BEGIN, event } }] : []
      }),
    ),
  )
}
