import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '@baton/db'
import { type Figure, figure, median } from '../figures.ts'
import { type How, sizesOf } from '../findings.ts'
import { onStage } from '../stage.ts'
import { HOUR } from '../steps/scenario.ts'
import { type Driven, driveOf } from '../world/drive.ts'
import { FIRST_DUE, MODELS, seedCampaign } from '../world/seed.ts'

const MB = 1_000_000
/** A third of the people is at each of the three waits: after three hours all are through. */
const HOURS = 3

/**
 * The embedded database against a PostgreSQL server on the same machine: the same people through the same campaign, hour by hour in turn;
 * and whether the process that holds the embedded one grows.
 */
export async function embedded(how: How): Promise<Figure[]> {
  const [asked = 0] = sizesOf(how, [60_000], [360])
  // Copies of the models only in whole sets: else the thirds are not thirds.
  const people = Math.ceil(asked / MODELS) * MODELS
  const dir = mkdtempSync(join(tmpdir(), 'baton-embedded-'))
  try {
    return await onStage(how, async (stage) => {
      console.error(`${people} people …`)
      const template = await stage.template((handle) => seedCampaign(handle, people, { kind: 'dense' }))
      await using native = await template.copy()
      const inside = await openDatabase({ dir: join(dir, 'database') })
      const memory: number[] = []
      try {
        await inside.migrate()
        await seedCampaign(inside, people, { kind: 'dense' })
        const seen = { native: [] as Driven[], inside: [] as Driven[] }
        const drives = {
          native: driveOf(native.handle, FIRST_DUE),
          inside: driveOf(inside, FIRST_DUE, () => memory.push(process.memoryUsage.rss())),
        }
        for (let hour = 0; hour < HOURS; hour++) {
          for (const name of ['native', 'inside'] as const) {
            drives[name].now = FIRST_DUE + hour * (HOUR + 60_000)
            const run = await drives[name].run()
            const wanted = (people * (HOURS - hour)) / HOURS
            if (run.turns !== wanted) throw new Error(`${name}, hour ${hour}: ${run.turns} turns instead of ${wanted}`)
            seen[name].push(run)
            console.error(`hour ${hour + 1} of ${HOURS}, ${name}: ${Math.round(run.steps / run.seconds)} steps/s`)
          }
        }
        await drives.native.close()
        await drives.inside.close()
        const speed = (runs: readonly Driven[]) => runs.reduce((n, it) => n + it.steps, 0) / runs.reduce((n, it) => n + it.seconds, 0)
        const quarter = Math.ceil(memory.length / 4)
        return [
          figure({
            name: 'runner on the embedded database against PostgreSQL',
            ...{ value: speed(seen.inside), unit: 'steps/s', baseline: speed(seen.native), goal: 0.7, better: 'larger' },
          }),
          figure({
            name: 'memory of the process, last quarter against the first',
            value: median(memory.slice(-quarter)) / MB,
            ...{ unit: 'MB', baseline: median(memory.slice(0, quarter)) / MB, goal: 1.2, better: 'smaller' },
          }),
        ]
      } finally {
        await inside.close()
      }
    })
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
