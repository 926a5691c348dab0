import { join } from 'node:path'
import type { Auth, Clock } from '@baton/api'
import { createIds, type Handle } from '@baton/db'
import { fromNodeHeaders } from 'better-auth/node'
import type { Request } from 'express'
import type { Door } from '../http/app.ts'
import { createImports, type ImportManager } from '../imports/manager.ts'
import { uploadRouter } from '../imports/upload.ts'
import type { Logger } from '../log.ts'
import { type BulkManager, createBulk } from './bulk.ts'
import { exportRouter } from './exports.ts'

export interface ContactParts {
  db: Handle
  clock: Clock
  log: Logger
  nudge(): void
  dataDir: string
}

/** Everything this process does to contacts by files and in bulk. */
export interface ContactWork {
  imports: ImportManager
  bulk: BulkManager
  /** Uploads and downloads; whoever sends a request is asked of `auth`. */
  doors(auth: Auth): Door[]
  stop(): Promise<void>
}

/** Goes on with what was under way when the process before this one ended. */
export async function startContactWork({ db, clock, log, nudge, dataDir }: ContactParts): Promise<ContactWork> {
  const uploads = join(dataDir, 'uploads')
  const imports = createImports({ db, ids: createIds(db), clock, nudge, log, dir: uploads })
  const bulk = createBulk({ db, clock, nudge, log, dir: join(dataDir, 'exports') })
  await imports.resume()
  await bulk.resume()
  return {
    imports,
    bulk,
    doors(auth) {
      const whoIs = async (req: Request) => (await auth.whoIs(fromNodeHeaders(req.headers))).user
      return [
        { path: '/api/imports', router: uploadRouter({ db, clock, whoIs, dir: uploads, log }) },
        { path: '/api/exports', router: exportRouter({ db, whoIs }) },
      ]
    },
    async stop() {
      await Promise.all([imports.stop(), bulk.stop()])
    },
  }
}
