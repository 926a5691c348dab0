import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { type Bulk, bulkTarget, filterOf } from '@baton/api'
import {
  type BulkJob,
  type BulkTarget,
  bulkJob,
  type ContactRow,
  endBulk,
  type Handle,
  listFields,
  listUsers,
  refreshStatistics,
  restartBulk,
  runningBulk,
  stepBulk,
} from '@baton/db'
import { csvLine, EXPORT_COLUMNS } from '../imports/csv.ts'
import { HOLD, holding } from './hold.ts'

export interface BulkParts {
  db: Handle
  clock: { now(): number }
  nudge(): void
  log: { error(data: object, message: string): void }
  /** Where exported files lie. */
  dir: string
}

export interface BulkManager extends Bulk {
  /** Goes on with what a process that is gone was carrying out. Call it once at the start. */
  resume(): Promise<void>
  /** Stops between two chunks; the next start goes on. */
  stop(): Promise<void>
}

const CHUNK = { pg: 1000, pglite: 250 } as const

/** Takes the rows of an export. */
interface Sheet {
  write(rows: readonly ContactRow[]): Promise<void>
  close(): Promise<void>
}

const shown = (value: unknown): string => (value === undefined || value === null ? '' : String(value))

async function openSheet(db: Handle, path: string, wanted: readonly string[]): Promise<Sheet> {
  const fields = (await listFields(db)).filter((it) => wanted.length === 0 || wanted.includes(it.key))
  const out = createWriteStream(path)
  const put = (text: string) => new Promise<void>((done, failed) => out.write(text, (error) => (error ? failed(error) : done())))
  await put(
    `\uFEFF${csvLine([EXPORT_COLUMNS.key, ...fields.map((it) => it.label), EXPORT_COLUMNS.consent, EXPORT_COLUMNS.stage, EXPORT_COLUMNS.added])}`,
  )
  return {
    async write(rows) {
      const lines = rows.map((row) =>
        csvLine([
          row.key,
          ...fields.map((it) => shown(row.fields[it.key])),
          row.consent.marketing === true ? 'yes' : 'no',
          row.stage,
          new Date(row.createdAt).toISOString(),
        ]),
      )
      if (lines.length > 0) await put(lines.join(''))
    },
    close: () => new Promise((done) => out.end(done)),
  }
}

/** What is done to many contacts, in this process: one job at a time, chunk by chunk. */
export function createBulk({ db, clock, nudge, log, dir }: BulkParts): BulkManager {
  let stopping = false
  let queue: Promise<void> = Promise.resolve()

  /** Whom the job is for, with the rights of whoever asked for it as they are now. */
  const targetOf = async (job: BulkJob): Promise<BulkTarget> => {
    const target = bulkTarget.parse(job.target)
    if ('ids' in target || 'at' in target) return target
    const user = (await listUsers(db)).find((it) => it.id === job.byId)
    if (!user) throw new Error(`User ${job.byId} is gone.`)
    // The filter stands as of the start: who joins it meanwhile is not concerned.
    return { filter: await filterOf({ db, user, clock: { now: () => job.startedAt } }, target.filter) }
  }

  const carryOut = async (id: string, owner: string): Promise<void> => {
    const job = await bulkJob(db, id)
    if (job?.status !== 'running') return
    const target = await targetOf(job)
    const { action } = job
    // A file of its own for each claim: a process that stalled and lost its claim never writes into another's.
    const path = join(dir, `${id}-${owner}.csv`)
    let sheet: Sheet | undefined
    if (action.do === 'export') {
      await mkdir(dir, { recursive: true })
      await restartBulk(db, id, owner)
      sheet = await openSheet(db, path, action.fields)
    }
    let kept = false
    try {
      for (;;) {
        const rows = await stepBulk(db, id, target, { at: clock.now(), limit: CHUNK[db.kind], owner })
        if (rows === null) break
        await sheet?.write(rows)
        nudge()
        if (stopping) return
        await breathe()
      }
      await sheet?.close()
      kept = await endBulk(db, { id, status: 'done', at: clock.now(), owner, ...(sheet ? { path } : {}) })
    } finally {
      if (sheet && !kept) {
        await sheet.close()
        await rm(path, { force: true })
      }
    }
    if (action.do === 'remove') await refreshStatistics(db)
  }

  const attempt = async (id: string, owner: string): Promise<void> => {
    try {
      await carryOut(id, owner)
    } catch (error) {
      log.error({ job: id, err: error }, 'bulk job failed')
      const say = error instanceof RangeError ? error.message : 'Something went wrong on the server; the details are in its log.'
      await endBulk(db, { id, status: 'failed', error: say, at: clock.now(), owner })
    }
  }

  const waiting = new Set<NodeJS.Timeout>()
  const again = (id: string) => {
    const timer = setTimeout(() => {
      waiting.delete(timer)
      run(id)
    }, HOLD)
    waiting.add(timer)
  }
  const run = (id: string) => {
    queue = queue.then(async () => {
      if (stopping) return
      try {
        const held = await holding(db, 'bulk_job', id, (owner) => attempt(id, owner))
        // Another process carries it on: should that end without a word, this one does.
        if (!held && !stopping && (await bulkJob(db, id))?.status === 'running') again(id)
      } catch (error) {
        log.error({ job: id, err: error }, 'bulk job stopped')
      }
    })
  }

  return {
    run,
    async resume() {
      for (const job of await runningBulk(db)) run(job.id)
    },
    async stop() {
      stopping = true
      for (const timer of waiting) clearTimeout(timer)
      await queue
    },
  }
}
