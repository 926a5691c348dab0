import { openDatabase } from '@baton/db'
import { figure } from '../figures.ts'
import { type Findings, type How, sizesOf } from '../findings.ts'
import { onStage, type Scene } from '../stage.ts'
import { HOUR } from '../steps/scenario.ts'
import { driveOf } from '../world/drive.ts'
import { hourly } from '../world/graphs.ts'
import { FIRST_DUE, seedWaiting } from '../world/seed.ts'

const PASSES = 10
/** What turns change and does not grow by itself: beside it are the journal and the counts, to which every turn adds. */
const CHANGING = ['contact', 'enrolment', 'wheel', 'inbox', 'member', 'lease']
const MB = 1_000_000

async function sizes({ handle }: Scene): Promise<Map<string, number>> {
  const rows = await handle.query<{ name: string; bytes: number }>(
    'select v.name, pg_total_relation_size(v.name::regclass) as bytes from unnest($1::text[]) v(name)',
    [CHANGING],
  )
  return new Map(rows.map((row) => [row.name, row.bytes]))
}

const all = (of: ReadonlyMap<string, number>) => [...of.values()].reduce((a, b) => a + b, 0)

/** How much more room the same people take after everybody was ten times through an hourly wait; housekeeping is PostgreSQL's own, as it ships. */
export async function bloat(how: How): Promise<Findings> {
  const [people = 0] = sizesOf(how, [250_000], [400])
  return onStage(how, async (stage) => {
    console.error(`${people} people …`)
    const template = await stage.template((handle) => seedWaiting(handle, hourly(), people))
    await using scene = await template.copy()
    // Connections of its own: what they counted is seen once they are gone.
    const work = await openDatabase({ url: scene.url })
    const drive = driveOf(work, FIRST_DUE)
    const before = await sizes(scene)
    const speeds: number[] = []
    for (let i = 1; i <= PASSES; i++) {
      const run = await drive.run()
      if (run.turns !== people) throw new Error(`Pass ${i}: ${run.turns} turns instead of ${people}`)
      speeds.push(run.steps / run.seconds)
      console.error(`pass ${i} of ${PASSES}: ${Math.round(all(await sizes(scene)) / MB)} MB, ${Math.round(speeds.at(-1) ?? 0)} steps/s`)
      drive.now += HOUR
    }
    await drive.close()
    await work.close()
    const after = await sizes(scene)
    const updates = await scene.handle.query<{ name: string; updates: number; hot: number }>(
      `select relname as name, n_tup_upd as updates, n_tup_hot_upd as hot from pg_stat_user_tables where relname = any($1::text[])`,
      [CHANGING],
    )
    const share = (name: string) => {
      const row = updates.find((it) => it.name === name)
      return row && row.updates > 0 ? (100 * row.hot) / row.updates : 0
    }
    return {
      figures: [
        figure({
          name: `storage after ${PASSES} passes over ${people} people`,
          ...{ value: all(after) / MB, unit: 'MB', baseline: all(before) / MB, goal: 1.2, next: 1.1, better: 'smaller' },
        }),
        figure({
          name: 'speed of the last pass against the first',
          ...{ value: speeds.at(-1) ?? 0, unit: 'steps/s', baseline: speeds[0], better: 'larger' },
        }),
        figure({ name: 'updates of passages that stayed on their page (HOT)', value: share('enrolment'), unit: '%', better: 'larger' }),
        figure({ name: 'updates of contacts that stayed on their page (HOT)', value: share('contact'), unit: '%', better: 'larger' }),
      ],
      tables: [
        {
          title: 'Where the room is, with indexes',
          columns: ['table', 'before, MB', 'after, MB'],
          rows: CHANGING.map((name) => [name, ((before.get(name) ?? 0) / MB).toFixed(1), ((after.get(name) ?? 0) / MB).toFixed(1)]),
        },
      ],
    }
  })
}
