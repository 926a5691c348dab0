import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { type Handle, openDatabase } from '@baton/db'
import { freshDatabase, startPostgres } from '@baton/db/testing'
import { runCampaign } from './bank/campaign.ts'
import { readPlain } from './bank/plain.ts'
import { judgeBank, prepareFields, scoreBank } from './bank/score-model.ts'
import { main, UsageError } from './command.ts'
import { foretell, WAYS, within } from './crm/foretold.ts'
import { readPipeline } from './crm/pipeline.ts'
import { compareZones } from './zones/check.ts'

/** Repeats on the real file what the tests do with a generated one of the same form. */
async function bank(kind: string, handle: Handle, file: string): Promise<boolean> {
  const from = performance.now()
  await handle.migrate()
  const plain = readPlain(readFileSync(file, 'utf8'))
  const api = await prepareFields(handle)
  const found = await runCampaign(handle, file)
  const same = isDeepStrictEqual(found, plain)
  const seconds = ((performance.now() - from) / 1000).toFixed(1)
  console.log(
    `${same ? 'ok    ' : 'DIFFERS'} bank campaign on ${kind}: ${found.rows} people, ${found.handed} handed to sales, in ${seconds} s`,
  )
  if (!same) console.log(`product ${JSON.stringify(found)}\nscript  ${JSON.stringify(plain)}`)
  const scored = performance.now()
  const { good, say } = judgeBank(await scoreBank(handle, api))
  console.log(`${good ? 'ok    ' : 'WORSE '} ${say}, in ${((performance.now() - scored) / 1000).toFixed(1)} s`)
  return same && good
}

/** Holds the clocks of this machine against the tables of the tz database. */
function zones(dir: string): boolean {
  const read = (name: string) => readFileSync(join(dir, name), 'utf8')
  const { differences, ...counts } = compareZones(read('zdump-2018-2032.txt'), read('backward'))
  const found = `${counts.zones} zones, ${counts.changes} changes, ${counts.aliases} aliases (tz ${process.versions.tz})`
  console.log(`${differences.length === 0 ? 'ok    ' : 'DIFFERS'} clocks: ${found}`)
  for (const it of differences) console.log(it)
  return differences.length === 0
}

/** So many draws: the ends of a band are then known to a few deals. */
const DRAWS = 60

/** Forecasts wins per month from the first half of the file, and says how many months the bands hold. What is found is told, not judged. */
function deals(file: string): boolean {
  const pipeline = readPipeline(readFileSync(file, 'utf8'))
  const { deals: all, won, lost, open } = pipeline
  console.log(`ok     deals: ${all}, of which ${won} were won, ${lost} lost, ${open} are open`)
  for (const way of WAYS) {
    const months = foretell(pipeline, way, DRAWS)
    const told = months.map(({ month, happened, p10, p90 }) => `${month} ${happened} (${Math.round(p10)}–${Math.round(p90)})`)
    console.log(`       wins by ${way}: ${within(months)} of ${months.length} within P10–P90: ${told.join(', ')}`)
  }
  return all === won + lost + open && all > 0
}

await main(async () => {
  const [dir, more] = process.argv.slice(2)
  if (dir === undefined || more !== undefined)
    throw new UsageError(
      'npm run test:real -- DIR, where DIR holds bank-marketing/bank-full.csv, crm-pipeline/sales_pipeline.csv and time-zones/',
    )
  const file = resolve(dir, 'bank-marketing/bank-full.csv')
  const tables = resolve(dir, 'time-zones')
  const pipeline = resolve(dir, 'crm-pipeline/sales_pipeline.csv')
  for (const it of [file, tables, pipeline]) if (!existsSync(it)) throw new UsageError(`There is no ${it}.`)
  const place = mkdtempSync(join(tmpdir(), 'baton-real-'))
  const server = await startPostgres()
  try {
    const fresh = await freshDatabase(server.url)
    const handles = [
      ['PostgreSQL', await openDatabase({ url: fresh.url })],
      ['the embedded database', await openDatabase({ dir: join(place, 'data') })],
    ] as const
    let good = deals(pipeline) && zones(tables)
    for (const [kind, handle] of handles) {
      good = (await bank(kind, handle, file)) && good
      await handle.close()
    }
    await fresh.drop()
    return good ? 0 : 1
  } finally {
    await server.stop()
    rmSync(place, { recursive: true, force: true })
  }
})
