import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freshDatabase } from '@baton/db/testing'
import { type RunningServer, readConfig, startServer } from '@baton/server'
import type { StoryClock } from './clock.ts'

export type DatabaseKind = 'pg' | 'pglite'

/** A whole Baton in this process, on a database of its own: everything is real but the clock, which the story moves. */
export async function startBaton(options: {
  kind: DatabaseKind
  /** A PostgreSQL server, used for kind `pg`. */
  postgres: string
  clock: StoryClock
  smtpUrl: string
  /** Addresses of this machine that steps may call, as the setting ALLOW_ADDRESSES has them. */
  allowAddresses?: string | undefined
  /** How large the sample programme is. */
  sample?: { people: number; days: number } | undefined
}): Promise<{ server: RunningServer; stop(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'baton-e2e-'))
  const fresh = options.kind === 'pg' ? await freshDatabase(options.postgres) : undefined
  const config = readConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: fresh?.url ?? '',
    SMTP_URL: options.smtpUrl,
    ALLOW_ADDRESSES: options.allowAddresses ?? '',
    LOG_LEVEL: process.env.E2E_LOG ?? 'error',
  })
  const server = await startServer({ config, clock: options.clock, sample: options.sample })
  return {
    server,
    async stop() {
      await server.stop()
      await fresh?.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
