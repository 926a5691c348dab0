import { setTimeout as pause } from 'node:timers/promises'
import { bumpPlan, createFlow, failpoints, type Handle, publishFlow } from '@baton/db'
import { planHash } from '@baton/engine'
import type { Place } from '../faults/bed.ts'
import { type Agent, openAgent, restAgent } from '../faults/troupe.ts'
import { DATE_FIELD, drawVersion, FLOW, type Named } from './versions.ts'

const TIMINGS = { leaseMs: 1_000, claimMs: 1_500, patience: { idle: 900, answer: 10_000 } }
const PATIENCE = 60_000
const BY = { id: 'usr_soak', name: 'Soak' }

/** A flow of its own beside those of the world, live in its first version; half of the people have the date that some steps wait for. */
export async function prepare(handle: Handle, { random, hook, at }: { random: () => number; hook: string; at: number }): Promise<Named> {
  const [template] = await handle.query<{ id: string }>('select id from template limit 1')
  const [team] = await handle.query<{ id: string }>('select id from team limit 1')
  const named = { templateId: template?.id ?? '', teamId: team?.id ?? '', hook }
  const graph = drawVersion(random, named)
  await handle.query(`insert into field (key, label, type, created_at) values ($1, 'Renews', 'date', 0)`, [DATE_FIELD])
  await handle.query(`update contact set facts = jsonb_set(facts, '{f,${DATE_FIELD}}', '"2026-03-05"') where id % 2 = 0`)
  await handle.transaction(async (tx) => {
    await createFlow(tx, { id: FLOW, name: 'Changing', graph, by: BY, at })
    const [flow] = await tx.query<{ rev: number }>('select draft_rev as rev from flow where id = $1', [FLOW])
    await publishFlow(tx, { id: FLOW, rev: flow?.rev ?? 0, hash: planHash(graph), notes: '', by: BY, at, enrolAt: [] })
    await bumpPlan(tx)
  })
  return named
}

/** What is still to be done at this instant; of a paused flow nothing goes out. */
async function left(handle: Handle, now: number): Promise<number> {
  const open = `exists (select 1 from flow f where f.id = x.flow_id and f.status <> 'paused')`
  const [row] = await handle.query<{ n: number }>(
    `select (select count(*) from inbox) + (select count(*) from wheel where slot <= $1) + (select count(*) from scan where status = 'running')
       + (select count(*) from handoff where state in ('routing', 'queued'))
       + (select count(*) from send x where (status = 'sending' or status = 'queued' and next_attempt_at <= $1) and ${open})
       + (select count(*) from effect x where (status = 'sending' or status = 'queued' and next_attempt_at <= $1) and ${open}) as n`,
    [now],
  )
  return row?.n ?? 1
}

/** One server at a time in a process of its own; whenever it is killed another takes its place. */
export interface Stage {
  /** Moves the clock and waits until nothing is left to do. @throws Error after a minute */
  settle(to: number): Promise<void>
  /** Lets the process be killed at a place that chance takes, or at once. */
  endanger(random: () => number): Promise<string>
  killed(): number
  /** The place of whoever was killed is counted; a place that nobody came by is not. */
  met(): readonly string[]
  close(): Promise<void>
  abort(): void
}

export async function openStage(place: Place, handle: Handle, at: number): Promise<Stage> {
  const config = place.config()
  let now = at
  let killed = 0
  let armed = ''
  const met: string[] = []
  let agent = await open()

  async function open(): Promise<Agent> {
    const one = await openAgent({ config, timings: TIMINGS, at: now })
    void one.gone.then(({ signal }) => {
      if (signal !== 'SIGKILL') return
      killed++
      if (armed !== '') met.push(armed)
      armed = ''
    })
    return one
  }

  const alive = async (): Promise<Agent> => {
    if (!agent.alive()) agent = await open()
    return agent
  }

  return {
    killed: () => killed,
    met: () => met,
    async endanger(random) {
      const one = await alive()
      const name = random() < 0.2 ? 'at any time' : (failpoints[Math.floor(random() * failpoints.length)] ?? '')
      armed = name
      if (name === 'at any time') setTimeout(() => one.signal('SIGKILL'), random() * 300)
      else await one.ask({ do: 'arm', failpoints: `${name}:1` }).catch(() => {})
      return name
    },
    async settle(to) {
      now = to
      const end = performance.now() + PATIENCE
      for (let quiet = 0; quiet < 2; ) {
        const one = await alive()
        await one.ask({ do: 'clock', at: now }).catch(() => {})
        quiet = (await left(handle, now)) === 0 && one.alive() ? quiet + 1 : 0
        if (performance.now() > end) throw new Error(`${await left(handle, now)} things are still to be done after ${PATIENCE / 1000} s`)
        await pause(15)
      }
    },
    async close() {
      await restAgent(await alive())
    },
    abort: () => agent.signal('SIGKILL'),
  }
}
