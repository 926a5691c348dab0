import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Failpoint, failpoints, type Where } from '@baton/db'
import { freshDatabase, startPostgres } from '@baton/db/testing'
import { openSink } from '../faults/sink.ts'
import { check, left } from '../kill/check.ts'
import { createPinger, type Pinger } from '../kill/pinger.ts'
import { makeWorld } from '../kill/world.ts'
import { dice } from '../people.ts'
import { EndedEarly, startServer } from '../server.ts'
import type { Round } from './round.ts'

const KILLS = 3
/** A server that has not come by its failpoint after this has nothing left to do there. */
const PATIENCE = 12_000
/** Mails that one process sends at a time: as many may be unknown after it is killed. */
const CONNECTIONS = 5
/** After a kill, claims on mails run out after a minute. */
const SETTLE = 240_000

interface Place {
  where: Where
  env: Record<string, string>
}

/** Starts a server that kills itself at its failpoint, and feeds it. Returns whether it died there. */
async function killAt({ env }: Place, failpoint: string, pinger: Pinger): Promise<boolean> {
  try {
    const server = await startServer({ ...env, BATON_FAILPOINT: failpoint })
    try {
      const [signal] = await Promise.all([Promise.race([server.ended, pause(PATIENCE, null)]), pinger.send(server.url)])
      return signal === 'SIGKILL'
    } finally {
      await server.stop()
    }
  } catch (error) {
    if (error instanceof EndedEarly && error.signal === 'SIGKILL') return true
    throw error
  }
}

/** Lets servers run undisturbed until nothing is left to do. */
async function settle({ where, env }: Place, pinger: Pinger): Promise<void> {
  const until = performance.now() + SETTLE
  for (;;) {
    const server = await startServer(env)
    try {
      await pinger.send(server.url)
      await pause(5_000)
    } finally {
      await server.stop()
    }
    // The embedded database is looked at while nobody else has it.
    const still = pinger.done() ? await left(where) : 1
    if (still === 0) return
    if (performance.now() > until) throw new Error(`${still} things are still to be done after ${SETTLE / 1000} s`)
    await pause(5_000)
  }
}

/**
 * kill -9 of the server at named failpoints while timers, a publish, leads, mails and events are under way: then every person has exactly
 * their steps, points, mails and lead, and the mail server got each mail once. Even seeds take PostgreSQL, odd ones the embedded database;
 * the first failpoint goes round with the seed, the others are drawn.
 */
export async function kill(seed: number): Promise<Round> {
  const random = dice(seed)
  const dir = mkdtempSync(join(tmpdir(), 'baton-kill-'))
  const server = seed % 2 === 0 ? await startPostgres() : undefined
  const database = server ? await freshDatabase(server.url) : undefined
  const sink = await openSink()
  try {
    const dataDir = join(dir, 'data')
    const where: Where = database ? { url: database.url } : { dir: join(dataDir, 'database') }
    const place = {
      where,
      env: { DATABASE_URL: database?.url ?? '', DATA_DIR: dataDir, SMTP_URL: sink.url, BASE_URL: 'http://localhost:1', LOG_LEVEL: 'error' },
    }
    await makeWorld(where, dir)
    const pinger = createPinger()
    const hit: Failpoint[] = []
    for (let i = 0; i < KILLS; i++) {
      const drawn = i === 0 ? seed : Math.floor(random() * failpoints.length)
      const name = failpoints[drawn % failpoints.length]
      if (name === undefined) throw new Error('There are no failpoints')
      const times = i === 0 ? 1 : 1 + Math.floor(random() * 3)
      if (await killAt(place, `${name}:${times}`, pinger)) hit.push(name)
    }
    await settle(place, pinger)
    const { wrong, unknown } = await check(where, sink)
    if (unknown > hit.length * CONNECTIONS) wrong.push(`${unknown} mails are unknown after ${hit.length} kills`)
    await database?.drop()
    return { wrong, counts: { kills: hit.length, unknown }, seen: hit }
  } finally {
    await sink.close()
    await server?.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}
