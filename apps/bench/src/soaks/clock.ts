import { setTimeout as pause } from 'node:timers/promises'
import type { Handle } from '@baton/db'
import { openBed } from '../faults/bed.ts'
import { once } from '../faults/once.ts'
import { left } from '../faults/play.ts'
import { play } from '../faults/round.ts'
import { HOUR } from '../faults/world.ts'
import { dice } from '../people.ts'
import type { Soak } from './round.ts'

const YEAR = 365 * 24 * HOUR
const LEASE = 15_000
const TIMINGS = { leaseMs: LEASE }
const JUMPS = 3
/** What a jump is: how far at most, which way. */
const WAYS = { 'hours on': 48 * HOUR, 'hours back': -48 * HOUR, 'years on': 10 * YEAR, 'years back': -10 * YEAR } as const
const NAMES = ['hours on', 'hours back', 'years on', 'years back'] as const
const STALE = 'woken too early'

const ground = once(openBed, (bed) => bed.close())

/** Puts everybody who waits on the wheel once more, for now: as a waking would stand there of somebody who was told a later time since. */
async function wakeAll(handle: Handle, now: number): Promise<void> {
  await handle.query(
    `insert into wheel (bucket, slot, chunk, ids) select bucket / 64 * 64, $1, nextval('wheel_chunk'), array_agg(id) from enrolment
     where gen = 0 and due_at > $1 group by 1`,
    [now],
  )
}

/** Leases are about processes: they end by the real time, and no clock of flows takes them away. */
async function leases(handle: Handle): Promise<{ epochs: number; wrong: string[] }> {
  const [row] = await handle.query<{ epochs: number; first: number; last: number }>(
    `select sum(epoch)::int8 as epochs, min(expires_at) as first, max(expires_at) as last from lease where owner <> ''`,
  )
  const now = Date.now()
  const good = row !== undefined && row.first > now - HOUR && row.last <= now + LEASE + 1000
  return { epochs: row?.epochs ?? 0, wrong: good ? [] : [`Leases end between ${row?.first} and ${row?.last}, and it is ${now}`] }
}

/**
 * The clock of the flows goes forward and back by hours and years while people go through: nothing happens before it is due, nothing is
 * lost, and the leases do not notice.
 */
export const clock: Soak = {
  all: [...NAMES, STALE],
  close: ground.close,
  async round(seed) {
    const bed = await ground()
    const random = dice(seed)
    const seen = new Set<string>([STALE])
    let highest = 0
    let epochs: number | undefined
    const wrong = await play({
      bed,
      seed,
      kind: seed % 8 === 0 ? 'pglite' : 'pg',
      timings: TIMINGS,
      async fault({ phase, clock: time, handle, wrong: found, last }) {
        for (let i = 0; i < JUMPS; i++) {
          const name = NAMES[Math.floor(random() * NAMES.length)] ?? 'hours on'
          time.set(Math.floor(phase.at + random() * WAYS[name]))
          highest = Math.max(highest, time.now())
          seen.add(name)
          await wakeAll(handle, time.now())
          await pause(60)
          // Let it see this time, or some of it.
          if ((await left(handle, time.now())) > 0) await pause(random() * 200)
        }
        const held = await leases(handle)
        found.push(...held.wrong)
        if (epochs !== undefined && held.epochs !== epochs)
          found.push(`Leases were taken anew: epochs sum up to ${held.epochs}, before ${epochs}`)
        epochs = held.epochs
        // Whoever was told something in the future waits for it: in the end it has come.
        time.set(last ? Math.max(highest, phase.at) : phase.at)
      },
    })
    return { wrong, counts: { jumps: 3 * JUMPS }, seen: [...seen] }
  },
}
