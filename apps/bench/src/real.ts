import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { type Handle, openDatabase } from '@baton/db'
import { freshDatabase, startPostgres } from '@baton/db/testing'
import { runCampaign } from './bank/campaign.ts'
import { readPlain } from './bank/plain.ts'
import { main, UsageError } from './command.ts'
import { compareZones } from './zones/check.ts'

/** Repeats on the real file what the tests do with a generated one of the same form. */
async function bank(kind: string, handle: Handle, file: string): Promise<boolean> {
  const from = performance.now()
  await handle.migrate()
  const plain = readPlain(readFileSync(file, 'utf8'))
  const found = await runCampaign(handle, file)
  const same = isDeepStrictEqual(found, plain)
  const seconds = ((performance.now() - from) / 1000).toFixed(1)
  console.log(
    `${same ? 'ok    ' : 'DIFFERS'} bank campaign on ${kind}: ${found.rows} people, ${found.handed} handed to sales, in ${seconds} s`,
  )
  if (!same) console.log(`product ${JSON.stringify(found)}\nscript  ${JSON.stringify(plain)}`)
  return same
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

await main(async () => {
  const [dir, more] = process.argv.slice(2)
  if (dir === undefined || more !== undefined)
    throw new UsageError('npm run test:real -- DIR, where DIR holds bank-marketing/bank-full.csv and time-zones/')
  const file = resolve(dir, 'bank-marketing/bank-full.csv')
  const tables = resolve(dir, 'time-zones')
  for (const it of [file, tables]) if (!existsSync(it)) throw new UsageError(`There is no ${it}.`)
  const place = mkdtempSync(join(tmpdir(), 'baton-real-'))
  const server = await startPostgres()
  try {
    const fresh = await freshDatabase(server.url)
    const handles = [
      ['PostgreSQL', await openDatabase({ url: fresh.url })],
      ['the embedded database', await openDatabase({ dir: join(place, 'data') })],
    ] as const
    let good = zones(tables)
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
