import { answerHandoff, handoffLogOf, type LogEntry } from '@baton/db'
import { buildGraph } from '@baton/engine/testing'
import type { Runner } from '../../src/runner/index.ts'
import { START, type World } from './programme.ts'

export const HOUR = 3_600_000
export const MINUTE = 60_000
/** The reps work from nine to five, and it is eight on a Monday: a level of an hour ends at ten. */
export const NINE = START + HOUR
export const TEN = START + 2 * HOUR

interface Terms {
  level?: { minutes: number; remindBefore: number | null } | null
  redistribute?: number
  afterBreach?: 'no-response' | 'manager'
  queueMinutes?: number | null
}

export const flowOf = (terms: Terms) => {
  const config = { level: { minutes: 60, remindBefore: 30 }, redistribute: 1, ...terms }
  return buildGraph(
    [
      ['in', 'trigger', { on: { kind: 'event', type: 'asked', where: [], key: null } }],
      ['hand', 'hand-to-sales', { teamId: 'team_a', why: 'Asked for a call', ...config }],
      ['yes', 'exit', { label: 'Accepted' }],
      ['no', 'exit', { label: 'Rejected' }],
      ['nobody', 'exit', { label: 'Nobody' }],
      ['silent', 'exit', { label: 'Silent' }],
    ],
    [
      ...['in.out>hand', 'hand.accepted>yes', 'hand.rejected>no', 'hand.overflow>nobody'],
      ...(config.level && config.afterBreach !== 'manager' ? ['hand.no-response>silent'] : []),
    ],
  )
}

/** A team, a flow that hands over under these terms, and somebody who asked. */
export async function desk(
  world: World,
  terms: Terms = {},
  reps: readonly string[] = ['ann', 'bob'],
  cap: number | null = null,
): Promise<Runner> {
  await world.fields([{ key: 'country', label: 'Country', type: 'text' }])
  await world.rows(`update workspace set settings = settings || '{"zone":"UTC"}'::jsonb`)
  await world.rows(`insert into team (id, name, created_at) values ('team_a', 'Team A', 0)`)
  for (const id of reps) {
    await world.rows(`insert into "user" (id, name, email, role) values ($1, $2, $3, 'sales_rep')`, [
      id,
      id.toUpperCase(),
      `${id}@sales.example`,
    ])
    await world.rows(`insert into team_member (team_id, user_id, cap) values ('team_a', $1, $2)`, [id, cap])
  }
  await world.rows(`insert into "user" (id, name, email, role) values ('max', 'MAX', 'max@sales.example', 'sales_manager')`)
  await world.flow('flw_a', flowOf(terms))
  return world.worker('router', { routing: true })
}

export async function ask(world: World, runner: Runner, ...keys: string[]): Promise<void> {
  const at = world.clock.now()
  for (const key of keys) {
    await world.tell(key, { kind: 'event', at, event: { id: `${key}/${at}`, type: 'asked', props: {}, occurredAt: at, receivedAt: at } })
  }
  await runner.drainUntilIdle()
}

export interface Lead {
  id: number
  rep: string | null
  state: string
  rev: number
  deadline: number | null
  look: number | null
  bounces: number
  hadBy: string[]
  manager: boolean
  reason: { code: string } | null
}
export const leads = (world: World) =>
  world.rows<Lead>(
    `select id, rep_id as rep, state, rev, deadline, next_look as look, bounces, had_by as "hadBy", manager_queue as manager, assign_reason as reason
     from handoff order by created_at, id`,
  )
export async function lead(world: World): Promise<Lead> {
  const [one] = await leads(world)
  if (!one) throw new Error('no lead')
  return one
}
export const kinds = async (world: World, id: number): Promise<LogEntry['kind'][]> =>
  (await handoffLogOf(world.handle, id)).map((it) => it.kind)
export const notes = (world: World) =>
  world.rows<{ what: string; to: string }>(
    `select payload ->> 'what' as what, payload -> 'to' ->> 'id' as to from effect where kind = 'notify' order by at, key`,
  )
export const labels = (world: World) => world.rows<{ label: string }>('select end_label as label from enrolment where gen > 0 order by 1')
export const accept = (world: World, { id, rev, rep }: Lead) =>
  world.handle.transaction((tx) =>
    answerHandoff(tx, {
      ...{ id, rev, rep: { id: rep ?? '', name: 'Rep' }, asManager: false },
      ...{ answer: { kind: 'accept' }, at: world.clock.now() },
    }),
  )
