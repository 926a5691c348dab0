import { type Handle, openDatabase } from '@baton/db'
import type { RunningServer } from '@baton/server'
import { createLog, startServer, type Timings } from '@baton/server'
import type { Bed, Place } from './bed.ts'
import { check } from './check.ts'
import { type Client, createClient } from './client.ts'
import { expectationOf } from './expectation.ts'
import { readFacts } from './facts.ts'
import { SCANNED } from './flows.ts'
import { type SetClock, setClock, untilDone, untilOver } from './play.ts'
import { type Phase, scriptOf } from './script.ts'
import { publish, START } from './world.ts'

/** A round while it runs: what a fault may look at and touch. */
export interface Going {
  phase: Phase
  clock: SetClock
  client: Client
  server: RunningServer
  /** The database itself, past whatever lies between it and the servers. */
  handle: Handle
  last: boolean
  /** What must not be, as sentences: told beside what the checks at the end find. */
  wrong: string[]
}

export interface Play {
  bed: Bed
  seed: number
  kind: 'pg' | 'pglite'
  timings: Timings
  /** Servers in this process, all on the same database; more than one only on PostgreSQL. */
  servers?: number
  /** How the servers reach the database, where that is another way than ours. */
  reach?: (url: string) => string
  /** Called before the clock comes to a phase. */
  before?: (going: Omit<Going, 'client'>) => Promise<void>
  /** What goes wrong while a phase is told. It must be over when this resolves. */
  fault(going: Going): Promise<void>
  /** Called when everybody has stopped, before the database is looked at. */
  over?: () => void
}

/** The database, seen past whatever lies between it and the servers. An embedded one belongs to its server. */
async function look(place: Place, server: RunningServer): Promise<{ handle: Handle; close(): Promise<void> }> {
  if (!('url' in place.where)) return { handle: server.db, close: async () => {} }
  const handle = await openDatabase({ ...place.where, max: 2 })
  return { handle, close: () => handle.close() }
}

/**
 * Plays a script from beginning to end on servers in this process, with something going wrong in each phase, and looks at what came of it.
 * @returns what must not be
 */
export async function play({ bed, seed, kind, timings, servers = 1, reach = (url) => url, before, fault, over }: Play): Promise<string[]> {
  const phases = scriptOf(seed)
  const expected = expectationOf(await bed.origin(kind), phases)
  const place = await bed.place(kind)
  const clock = setClock(START)
  const log = createLog(process.env.SOAK_LOG === 'debug' ? 'debug' : 'silent')
  const config = 'url' in place.where ? place.config({ database: { kind: 'postgres', url: reach(place.where.url) } }) : place.config()
  const undo: (() => Promise<void>)[] = [place.remove]
  const undone = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step()
  }
  let broken = false
  try {
    const all: RunningServer[] = []
    while (all.length < servers) {
      const one = await startServer({ config, clock, log, timings })
      undo.push(one.stop)
      all.push(one)
    }
    const [server] = all
    if (!server) throw new Error('No server')
    const { handle, close } = await look(place, server)
    undo.push(close)
    const client = createClient()
    const wrong: string[] = []
    let asked = 0
    for (const phase of phases) {
      const going = { phase, clock, server, handle, wrong, last: phase === phases.at(-1) }
      await before?.(going)
      clock.set(phase.at)
      if (phase.publish) await handle.transaction((tx) => publish(tx, SCANNED, phase.at))
      const url = () => all[asked++ % all.length]?.url ?? ''
      await Promise.all([client.tell(phase, url, () => broken), fault({ ...going, client })])
      await untilDone(handle, clock)
    }
    await untilOver(handle, clock)
    while (undo.length > 1) await undo.pop()?.()
    over?.()
    const after = await openDatabase(place.where)
    const facts = await readFacts(after, bed.sink, bed.hook)
    await after.close()
    await undone()
    return [...wrong, ...check(facts, expected)]
  } catch (error) {
    // Whoever still tells something gives it up. What broke the round is worth more than what cannot be tidied up after it.
    broken = true
    over?.()
    await undone().catch(() => {})
    throw error
  }
}
