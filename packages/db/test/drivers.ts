import { citusUrl, type DatabaseKind, dropSharedCitus, freshDatabase, noteDatabase, sharedCitus } from '@baton/db/testing'
import { afterAll, beforeAll, describe, inject } from 'vitest'
import { type Handle, openDatabase } from '../src/index.ts'

type Kind = DatabaseKind | 'citus'

/** A migrated database of a kind, and how to get rid of it. */
async function databaseOf(kind: Kind): Promise<{ handle: Handle; drop: () => Promise<void> }> {
  if (kind === 'citus') return { handle: await openDatabase({ url: (await sharedCitus()).url }), drop: dropSharedCitus }
  const fresh = kind === 'pg' ? await freshDatabase(inject('postgres')) : undefined
  const handle = await openDatabase(fresh ? { url: fresh.url } : { memory: true })
  await handle.migrate()
  return { handle, drop: async () => fresh?.drop() }
}

/**
 * One suite, two drivers: runs `suite` once over a fresh PostgreSQL database and once over the embedded one, migrated; with CITUS_URL
 * over a database that a real Citus has spread instead. `handle()` is for use inside tests and hooks.
 */
export function onBothDrivers(name: string, suite: (handle: () => Handle) => void): void {
  const kinds: readonly Kind[] = citusUrl() === undefined ? ['pg', 'pglite'] : ['citus']
  for (const kind of kinds) {
    describe(`${name} (${kind})`, () => {
      let open: Handle | undefined
      let drop = async () => {}
      beforeAll(async () => {
        ;({ handle: open, drop } = await databaseOf(kind))
      }, 120_000)
      afterAll(async () => {
        await open?.close()
        await drop()
        if (kind !== 'citus') noteDatabase('db', kind)
      })
      suite(() => {
        if (!open) throw new Error('The database is open inside tests and hooks only.')
        return open
      })
    })
  }
}
