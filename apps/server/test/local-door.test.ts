import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { backup, type Handle, openDatabase, type Place, restore } from '@baton/db'
import { freshDatabase, noteDatabase } from '@baton/db/testing'
import { pino } from 'pino'
import { afterAll, describe, expect, inject, test, vi } from 'vitest'
import { keyFile } from '../src/operate/address.ts'
import { askForImage } from '../src/operate/ask-door.ts'
import { openLocalDoor } from '../src/operate/local-door.ts'

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const dataDir = mkdtempSync(join(tmpdir(), 'baton-door-'))
afterAll(() => rmSync(dataDir, { recursive: true }))

const quiet = { progress: () => {}, signal: new AbortController().signal }

/** Writes one team and one calendar in each transaction, over and over, until told to stop. */
function writing(handle: Handle): () => Promise<number> {
  let stopped = false
  let n = 0
  const done = (async () => {
    while (!stopped) {
      n++
      // The embedded database answers within this process: without a breath nothing else would come to its turn.
      await breathe()
      await handle.transaction(async (tx) => {
        await tx.query(`insert into team (id, name, created_at) values ($1, 'T', 0)`, [`t${n}`])
        await tx.query(`insert into calendar (id, name, hours, holidays, created_at, updated_at) values ($1, 'C', '{}', '[]', 0, 0)`, [
          `t${n}`,
        ])
      })
    }
  })()
  return async () => {
    stopped = true
    await done
    return n
  }
}

/** How many of each are there: the same, where all is of one instant. */
async function pairs(place: Place): Promise<{ teams: number; calendars: number }> {
  const handle = await openDatabase(place)
  try {
    const [row] = await handle.query<{ teams: number; calendars: number }>(
      'select (select count(*) from team) as teams, (select count(*) from calendar) as calendars',
    )
    return row ?? { teams: -1, calendars: -2 }
  } finally {
    await handle.close()
  }
}

describe('while somebody writes', () => {
  test('a backup of PostgreSQL is of one instant', async () => {
    await using source = await freshDatabase(inject('postgres'))
    await using target = await freshDatabase(inject('postgres'))
    const handle = await openDatabase({ url: source.url })
    await handle.migrate()
    const stop = writing(handle)
    const file = join(dataDir, 'busy.backup')
    await backup({ url: source.url }, createWriteStream(file), { version: '1', at: 0, ...quiet })
    const written = await stop()
    await handle.close()
    await restore(() => createReadStream(file), { url: target.url }, { now: 0, ...quiet })
    const { teams, calendars } = await pairs({ url: target.url })
    expect(teams).toBe(calendars)
    expect(teams).toBeLessThanOrEqual(written)
    noteDatabase('server', 'pg')
  })

  test('the copy that the door gives of the embedded database is of one instant, and goes when it is given back', async () => {
    const db = await openDatabase({ dir: join(dataDir, 'database') })
    await db.migrate()
    const door = await openLocalDoor({ db, dataDir, log: pino({ level: 'silent' }) })
    expect(statSync(keyFile(dataDir)).mode & 0o777).toBe(0o600)
    const stop = writing(db)
    const image = await askForImage(dataDir, quiet.signal)
    if (!image) throw new Error('no image')
    const { teams, calendars } = await pairs({ dir: image.dir })
    expect(teams).toBe(calendars)
    image.giveBack()
    await expect.poll(() => statSync(image.dir, { throwIfNoEntry: false })).toBeUndefined()
    expect(await stop()).toBeGreaterThan(teams)

    const key = keyFile(dataDir)
    rmSync(key)
    writeFileSync(key, 'guessed')
    await expect(askForImage(dataDir, quiet.signal)).rejects.toThrow('it answered 403')
    await door.close()
    expect(await askForImage(dataDir, quiet.signal)).toBeUndefined()
    await db.close()
    noteDatabase('server', 'pglite')
  })
})
