import { rm } from 'node:fs/promises'
import { sep } from 'node:path'
import { ImportError, type Imports } from '@baton/api'
import {
  beginImport,
  endImport,
  forgetImportFiles,
  type Handle,
  type Ids,
  type ImportJob,
  importJob,
  listFields,
  runningImports,
} from '@baton/db'
import { HOLD } from '../contacts/hold.ts'
import { type CarryOut, carryOut } from './carry-out.ts'
import { startImport } from './file.ts'
import { copyOf } from './plain-text.ts'
import { previewFile } from './preview.ts'

export interface ImportParts {
  db: Handle
  ids: Ids
  clock: { now(): number }
  nudge(): void
  log: { info(data: object, message: string): void; error(data: object, message: string): void }
  /** Where uploads lie. */
  dir: string
}

export interface ImportManager extends Imports {
  /** Goes on with what a process that is gone was carrying out. Call it once at the start. */
  resume(): Promise<void>
  /** Removes files that nobody started or went on with for a week; for a daily chore. */
  tidy(): Promise<void>
  /** Stops between two chunks; the next start goes on. Resolves when nothing runs any more. */
  stop(): Promise<void>
}

const WEEK = 7 * 86_400_000

/** Imports of this process: one at a time, in the background. */
export function createImports(parts: ImportParts): ImportManager {
  const { db, ids, clock, nudge, log, dir } = parts
  const halt = new AbortController()
  const to: CarryOut = { db, ids, clock, nudge, signal: halt.signal }
  let queue: Promise<void> = Promise.resolve()

  const discard = async (path: string) => {
    // A file that was named on the command line belongs to its owner.
    if (!path.startsWith(dir + sep)) return
    await Promise.all([path, copyOf(path), `${copyOf(path)}.part`].map((it) => rm(it, { force: true })))
  }
  const tidy = async () => {
    for (const path of await forgetImportFiles(db, clock.now() - WEEK)) await discard(path)
  }
  const found = async (id: string): Promise<ImportJob> => {
    const job = await importJob(db, id)
    if (!job) throw new ImportError('This import is not known any more. Reload the page.')
    return job
  }
  const waiting = new Set<NodeJS.Timeout>()
  const again = (job: ImportJob) => {
    if (halt.signal.aborted) return
    const timer = setTimeout(() => {
      waiting.delete(timer)
      run(job)
    }, HOLD)
    waiting.add(timer)
  }
  const run = (job: ImportJob) => {
    queue = queue.then(async () => {
      if (halt.signal.aborted) return
      try {
        const { status, created, updated, rejected } = await carryOut(to, job.id)
        // Another process carries it on: should that end without a word, this one does.
        if (status === 'running') return again(job)
        log.info({ import: job.id, status, created, updated, rejected }, 'import ended')
        if (status === 'done' && job.path !== null) await discard(job.path)
      } catch (error) {
        log.error({ import: job.id, err: error }, 'import failed')
      }
    })
  }

  return {
    job: (id) => importJob(db, id),
    async preview(id, as) {
      const job = await found(id)
      if (job.path === null) throw new ImportError('The file is not here any more. Upload it again.')
      return previewFile({ ...job, path: job.path }, as, await listFields(db))
    },
    async start(id, settings) {
      const job = await found(id)
      if (job.status !== 'uploaded') throw new ImportError('This file was imported already. Upload it again to import it once more.')
      await startImport(to, job, settings)
      run(job)
    },
    async goOn(id) {
      const job = await found(id)
      const begun = await beginImport(db, { id, settings: job.settings, at: clock.now() })
      if (!begun) throw new ImportError('This import runs, is over, or its file is not here any more.')
      run(job)
    },
    async cancel(id) {
      const done = await endImport(db, { id, status: 'cancelled', at: clock.now() })
      if (!done) throw new ImportError('This import is over already.')
    },
    tidy,
    async resume() {
      for (const job of await runningImports(db)) run(job)
    },
    async stop() {
      halt.abort()
      for (const timer of waiting) clearTimeout(timer)
      await queue
    },
  }
}
