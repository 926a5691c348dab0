import { openDatabase } from '@baton/db'
import { openBed } from '../faults/bed.ts'
import { once } from '../faults/once.ts'
import { dismiss } from '../faults/troupe.ts'
import { HOUR, START } from '../faults/world.ts'
import { dice } from '../people.ts'
import { DEEDS, type Deed, does, type Hands } from '../publish/hands.ts'
import { explained, type Passage, passages, sentOnce, stillThere, waitedFor } from '../publish/look.ts'
import { isPlant, plants } from '../publish/plant.ts'
import { openStage, prepare } from '../publish/stage.ts'
import { WAITS } from '../publish/versions.ts'
import type { Round, Soak } from './round.ts'

/** Things done with the flow in a round; then time goes on until most have come to their end. */
const STEPS = 12
const LAST_HOURS = [6, 24, 48, 96]
/** How often each is chosen. */
const OFTEN: Readonly<Record<Deed, number>> = {
  begin: 6,
  answer: 3,
  publish: 2,
  migrate: 6,
  revert: 3,
  pause: 2,
  resume: 3,
  drain: 1,
  leave: 1,
  share: 1,
}
const HAT = DEEDS.flatMap((deed) => Array.from({ length: OFTEN[deed] }, () => deed))
/** Mails that one process sends at a time: as many may be unknown after it is killed. */
const CONNECTIONS = 5
const KILLED = 'killed'

const ground = once(openBed, async (bed) => {
  await dismiss()
  await bed.close()
})

/**
 * A live flow is changed in any order: published, people moved and moved back, paused, resumed, stopped, rolled out, while its server is
 * killed now and then. Nothing is sent twice, whoever was inside is inside or has left, at every step, and every log explains itself.
 */
export const publish: Soak = {
  all: [...DEEDS, ...WAITS.map((it) => `standing at ${it}`), KILLED],
  injections: Object.keys(plants),
  close: ground.close,
  async round(seed, { inject = '' } = {}): Promise<Round> {
    const bed = await ground()
    const random = dice(seed * 7919)
    const place = await bed.place('pg')
    if (!('url' in place.where)) throw new Error('The round needs PostgreSQL')
    const handle = await openDatabase({ ...place.where, max: 2 })
    const named = await prepare(handle, { random, hook: bed.hook.url, at: START })
    const people = await handle.query<{ id: number; key: string }>('select id, key from contact order by key')
    let now = START
    const hands: Hands = { handle, random, named, people, now: () => now }
    const stage = await openStage(place, handle, now)
    const seen = new Set<string>()
    const wrong: string[] = []
    const expected = new Set<string>()
    const deeds: string[] = []
    let before: Passage[] = []

    /** Waits until all is done, and looks whether everybody is there. */
    async function look(): Promise<void> {
      await stage.settle(now)
      const found = await stillThere(handle, before)
      wrong.push(...found.wrong.map((it) => `${it}, after ${deeds.slice(-4).join(', ')}`))
      before = found.now
      for (const kind of await waitedFor(handle)) seen.add(`standing at ${kind}`)
    }

    const isOpen = async () =>
      (await handle.query(`select 1 from flow where id = 'flw_changing' and status = 'live' and share = 1`)).length > 0
    try {
      for (let i = 0; i < STEPS; i++) {
        if (random() < 0.35) deeds.push(`a kill ${await stage.endanger(random)}`)
        const deed = i === 0 ? 'begin' : (HAT[Math.floor(random() * HAT.length)] ?? 'begin')
        const open = await isOpen()
        const { begun, done } = await does(deed, hands)
        deeds.push(done ? deed : `${deed} (not possible)`)
        if (done) seen.add(deed)
        if (open) for (const key of begun) expected.add(key)
        // Now and then the next thing comes while this is still being done; whoever begins is let in first.
        if (begun.length > 0 || random() < 0.6) await look()
        now += random() < 0.3 ? 0 : Math.ceil(random() * 20) * HOUR
      }
      await does('resume', hands)
      for (const hours of LAST_HOURS) {
        await look()
        now += hours * HOUR
      }
      // One or more at once: a round takes longer than what is found in it.
      for (const plant of inject.split(',')) if (isPlant(plant)) await plants[plant](handle, bed.sink)
      await look()
      const came = new Set((await passages(handle)).map((it) => it.contact))
      for (const key of expected) if (!came.has(key)) wrong.push(`${key} was to be let in and never was`)
      const { wrong: unexplained, steps, codes } = await explained(handle)
      await stage.close()
      wrong.push(...unexplained, ...(await sentOnce(handle, bed.sink.received)))
      const [unknown] = await handle.query<{ n: number }>(`select count(*)::int as n from send where status = 'unknown'`)
      if ((unknown?.n ?? 0) > stage.killed() * CONNECTIONS) wrong.push(`${unknown?.n} mails are unknown after ${stage.killed()} kills`)
      if (stage.killed() > 0) seen.add(KILLED)
      if (wrong.length > 0) wrong.push(`What was done: ${deeds.join(', ')}`)
      const counts = { passages: before.length, steps, codes: codes.size, killed: stage.killed(), unknown: unknown?.n ?? 0 }
      return { wrong, counts, seen: [...seen] }
    } catch (error) {
      stage.abort()
      throw error instanceof Error ? new Error(`${error.message} (${deeds.join(', ')})`, { cause: error }) : error
    } finally {
      await handle.close()
      await place.remove().catch(() => {})
    }
  },
}
