import { setTimeout as pause } from 'node:timers/promises'
import { type Handle, openDatabase } from '@baton/db'
import type { Timings } from '@baton/server'
import type { Bed } from './bed.ts'
import { check } from './check.ts'
import { type Client, createClient } from './client.ts'
import { expectationOf } from './expectation.ts'
import { readFacts } from './facts.ts'
import { scriptOf } from './script.ts'
import { type Agent, heard, openAgent, restAgent, until } from './troupe.ts'
import { HOUR, START } from './world.ts'

/** A round on servers in processes of their own, while it runs. */
export interface Apart {
  /** Those that live, in no order but that the first of the round comes first while it does. */
  agents: readonly Agent[]
  /** Undefined on the embedded database: that is its server's. */
  handle: Handle | undefined
  client: Client
  first: boolean
  last: boolean
  wrong: string[]
}

export interface PlayApart {
  bed: Bed
  seed: number
  kind: 'pg' | 'pglite'
  timings: Timings
  /** How many processes; one on the embedded database. */
  agents: number
  /** What is armed in the i-th process that is opened, those that take the place of others counted on. */
  failpoints(i: number): string
  /** Told of each process that has ended, by how many were opened before it. */
  ended?: (how: { signal: NodeJS.Signals | null; opened: number }) => void
  fault(apart: Apart): Promise<void>
}

export interface Played {
  wrong: string[]
  /** Mails of unknown fate. */
  unknown: number
}

const PATIENCE = 90_000
const HOURS = 30

/**
 * Plays a script on servers in processes of their own: who ends is followed by another. In the end all are ended as a supervisor does,
 * and everything is looked at.
 */
export async function playApart({ bed, seed, kind, timings, agents: many, failpoints, ended, fault }: PlayApart): Promise<Played> {
  const phases = scriptOf(seed)
  const expected = expectationOf(await bed.origin(kind), phases)
  const place = await bed.place(kind)
  const config = place.config()
  const client = createClient()
  const wrong: string[] = []
  const agents: Agent[] = []
  const killed: number[] = []
  let at = START
  let opened = 0
  let over = false
  let armed = true
  // The embedded database is its server's: a handle of ours only where it is PostgreSQL.
  const own = 'url' in place.where ? await openDatabase({ ...place.where, max: 2 }) : undefined

  /** Opens servers until there are enough, now and whenever one has ended. */
  async function fill(): Promise<void> {
    while (!over) {
      for (const agent of [...agents]) if (!agent.alive()) agents.splice(agents.indexOf(agent), 1)
      if (agents.length < many) {
        const agent = await openAgent({ config, timings, at })
        await agent.ask({ do: 'clock', at })
        agents.push(agent)
        const number = opened++
        void agent.gone.then(({ signal }) => {
          if (signal === 'SIGKILL') killed.push(agent.pid)
          ended?.({ signal, opened: number })
        })
        if (armed) await agent.ask({ do: 'arm', failpoints: failpoints(number) }).catch(() => {})
      } else await pause(20)
    }
  }

  /** Asks those that live until one answers. */
  async function asked(order: Parameters<Agent['ask']>[0]): Promise<Awaited<ReturnType<Agent['ask']>>> {
    const end = performance.now() + PATIENCE
    for (;;) {
      const agent = agents.findLast((it) => it.alive() && !it.frozen())
      if (agent) {
        const answer = await agent.ask(order).catch(() => undefined)
        if (answer) return answer
      }
      if (performance.now() > end) throw new Error(`No server does ${order.do} within ${PATIENCE / 1000} s`)
      await pause(20)
    }
  }

  async function untilDone(): Promise<number> {
    const end = performance.now() + PATIENCE
    for (;;) {
      const { left = 1, later = 1 } = await asked({ do: 'left' })
      if (left === 0) return later
      if (performance.now() > end) throw new Error(`${left} things are still to be done after ${PATIENCE / 1000} s`)
      await pause(20)
    }
  }

  /** Goes on hour by hour until nobody waits for anything any more. */
  async function untilOver(): Promise<void> {
    for (let hour = 0; (await untilDone()) > 0; hour++) {
      if (hour === HOURS) throw new Error(`Something still waits after ${HOURS} hours of the clock`)
      await setClocks(at + HOUR)
    }
  }

  async function setClocks(to: number): Promise<void> {
    at = to
    for (const agent of agents) {
      const told = heard(agent.ask({ do: 'clock', at }))
      // Whoever is frozen, or freezes now, hears of it when it wakes.
      await until('the clock to be set', () => told() || agent.frozen(), PATIENCE)
    }
  }

  const filling = fill()
  let turn = 0
  const url = () => agents[turn++ % Math.max(1, agents.length)]?.url ?? 'http://127.0.0.1:1'
  try {
    await until('servers', () => agents.length === many)
    for (const [i, phase] of phases.entries()) {
      await setClocks(phase.at)
      if (phase.publish) await asked({ do: 'publish', at: phase.at })
      const [first, last] = [i === 0, i === phases.length - 1]
      await Promise.all([client.tell(phase, url), fault({ agents, handle: own, client, first, last, wrong })])
      await untilDone()
    }
    await untilOver()
    // From now on nobody is killed: whoever still is meanwhile is followed by one that is not.
    armed = false
    for (const agent of [...agents]) await agent.ask({ do: 'arm', failpoints: '' }).catch(() => {})
    await until('servers', () => agents.length === many && agents.every((it) => it.alive()))
    over = true
    await filling
    // Who ends tells first what it still has in hand, as what became of a mail of which nobody had heard: the last one goes on with that.
    while (agents.length > 1) {
      const [agent] = agents.splice(0, 1)
      if (agent) await restAgent(agent)
    }
    await untilOver()
    for (const agent of agents) await restAgent(agent)
    await own?.close()
    const after = await openDatabase(place.where)
    const facts = await readFacts(after, bed.sink, bed.hook, killed)
    await after.close()
    await place.remove()
    return { wrong: [...wrong, ...check(facts, expected)], unknown: facts.sends.filter(({ status }) => status === 'unknown').length }
  } catch (error) {
    over = true
    await filling
    for (const agent of agents) agent.signal('SIGKILL')
    await own?.close()
    throw error
  }
}
