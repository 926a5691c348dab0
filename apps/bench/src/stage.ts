import { type Handle, openDatabase } from '@baton/db'
import { freshDatabase, startPostgres, type TestDatabase, withDatabase } from '@baton/db/testing'
import type { How } from './findings.ts'

/** An open, migrated database of its own. */
export interface Scene {
  url: string
  handle: Handle
  /** Closes and drops it. */
  [Symbol.asyncDispose](): Promise<void>
}

/** A database that is only copied: every copy begins with the same files. */
export interface Template {
  copy(): Promise<Scene>
}

export interface Stage {
  /** @param lay fills the migrated database */
  template(lay: (handle: Handle) => Promise<void>): Promise<Template>
}

/** A server that stops answering is no part of a benchmark, and statements that fill a database take minutes. */
const PATIENCE = { idle: 0, answer: 3_600_000 }

/**
 * A PostgreSQL of its own for one benchmark: durable, as PostgreSQL ships it but for shared_buffers and max_wal_size; without fsync where
 * nothing is measured.
 */
export async function onStage<T>(how: How, work: (stage: Stage) => Promise<T>): Promise<T> {
  if (!how.quick) console.error('PostgreSQL with fsync, shared_buffers 1 GB, max_wal_size 4 GB')
  const server = await startPostgres(how.quick ? {} : { durable: true, settings: ['shared_buffers=1GB', 'max_wal_size=4GB'] })
  const open = (url: string) => openDatabase({ url, patience: PATIENCE })
  const admin = await open(server.url)
  let copies = 0
  const templates: TestDatabase[] = []
  try {
    return await work({
      async template(lay) {
        const made = await freshDatabase(server.url)
        templates.push(made)
        const { url } = made
        const name = /\/([^/?]+)(?:\?|$)/.exec(url)?.[1]
        const handle = await open(url)
        try {
          await handle.migrate()
          await lay(handle)
        } finally {
          await handle.close()
        }
        return {
          async copy() {
            const mine = `${name}_${++copies}`
            await admin.query(`create database ${mine} template ${name} strategy file_copy`)
            const there = withDatabase(server.url, mine)
            const opened = await open(there)
            return {
              ...{ url: there, handle: opened },
              async [Symbol.asyncDispose]() {
                await opened.close()
                await admin.query(`drop database ${mine} with (force)`)
              },
            }
          },
        }
      },
    })
  } finally {
    await admin.close()
    for (const it of templates) await it.drop()
    await server.stop()
  }
}
