import { freshDatabase, noteDatabase } from '@baton/db/testing'
import { afterAll, beforeAll, describe, inject } from 'vitest'
import { type Handle, openDatabase } from '../src/index.ts'

/**
 * One suite, two drivers: runs `suite` once over a fresh PostgreSQL database and once over the embedded one, migrated. `handle()` is
 * for use inside tests and hooks.
 */
export function onBothDrivers(name: string, suite: (handle: () => Handle) => void): void {
  for (const kind of ['pg', 'pglite'] as const) {
    describe(`${name} (${kind})`, () => {
      let open: Handle | undefined
      let drop = async () => {}
      beforeAll(async () => {
        if (kind === 'pg') {
          const fresh = await freshDatabase(inject('postgres'))
          drop = fresh.drop
          open = await openDatabase({ url: fresh.url })
        } else open = await openDatabase({ memory: true })
        await open.migrate()
      })
      afterAll(async () => {
        await open?.close()
        await drop()
        noteDatabase('db', kind)
      })
      suite(() => {
        if (!open) throw new Error('The database is open inside tests and hooks only.')
        return open
      })
    })
  }
}
