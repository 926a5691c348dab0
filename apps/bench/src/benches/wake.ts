import { appendItems, ensureMonths, type Handle } from '@baton/db'
import { createLog, createPlans, createRunner } from '@baton/server'
import { type Figure, figure, quantile } from '../figures.ts'
import { type How, sizesOf } from '../findings.ts'
import { dice } from '../people.ts'
import { onStage } from '../stage.ts'
import { START } from '../steps/scenario.ts'
import { AWAITED, awaiting } from '../world/graphs.ts'
import { seedWaiting } from '../world/seed.ts'

/** A running server's runner, on a database where everybody waits for an event. */
async function open(handle: Handle) {
  let now = START + 1000
  let done = () => {}
  let turns = 0
  const log = createLog('error')
  const runner = createRunner({
    ...{ handle, log },
    plans: createPlans({ handle, log }),
    clock: { now: () => now },
    owner: 'bench',
    routing: false,
    onBatch(batch) {
      turns += batch.turns
      done()
    },
  })
  const ids = (await handle.query<{ id: number }>('select contact_id as id from enrolment where gen = 0')).map((row) => row.id)
  await ensureMonths(handle, [now])
  await runner.start()
  return {
    /** Milliseconds from the event's arrival to the commit of the step of whoever waited for it. */
    async wake(part: number): Promise<number> {
      now += 10
      const contactId = ids[Math.floor(part * ids.length)] ?? 0
      const event = { id: `e${now}`, type: AWAITED, props: {}, occurredAt: now, receivedAt: now }
      const stepped = new Promise<void>((resolve) => {
        done = resolve
      })
      const from = performance.now()
      await handle.transaction((tx) => appendItems(tx, [{ contactId, item: { kind: 'event', event, at: now } }]))
      runner.nudge()
      await stepped
      return performance.now() - from
    },
    async close(): Promise<void> {
      await runner.stop()
      const [row] = await handle.query<{ n: number }>(`select count(*) as n from journal where at > $1`, [START])
      if (row?.n !== turns) throw new Error(`${row?.n} people took a step, and there were ${turns} turns`)
    },
  }
}

/** How long after an event the one who waits for it takes the next step, in a running server that is told of it: flat, however many wait. */
export async function wake(how: How): Promise<Figure[]> {
  const sizes = sizesOf(how, [10_000, 1_000_000], [360, 720])
  const events = how.quick ? 5 : 400
  return onStage(how, async (stage) => {
    const scenes = []
    for (const people of sizes) {
      console.error(`${people} people who wait for an event …`)
      scenes.push(await (await stage.template((handle) => seedWaiting(handle, awaiting(), people))).copy())
    }
    const towns = await Promise.all(scenes.map(({ handle }) => open(handle)))
    const times = towns.map((): number[] => [])
    const random = dice(1)
    // The first few compile plans and fill caches.
    for (let i = -10; i < events; i++) {
      const part = random()
      for (const [at, town] of towns.entries()) {
        const ms = await town.wake(part)
        if (i >= 0) times[at]?.push(ms)
      }
    }
    for (const town of towns) await town.close()
    for (const scene of scenes) await scene[Symbol.asyncDispose]()
    const [few = [], many = []] = [times[0], times.at(-1)]
    const [smallest = 0, largest = 0] = [sizes[0], sizes.at(-1)]
    return [
      { part: 0.5, name: 'half of them within', goal: 1.2 },
      { part: 0.99, name: '99 in 100 within', goal: undefined },
    ].map(({ part, name, goal }) =>
      figure({
        name: `event to step, ${name}: ${largest} wait against ${smallest}`,
        ...{ value: quantile(many, part), unit: 'ms', baseline: quantile(few, part), goal, better: 'smaller' },
      }),
    )
  })
}
