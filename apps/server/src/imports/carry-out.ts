import { setImmediate as breathe } from 'node:timers/promises'
import { ImportError } from '@baton/api'
import {
  endImport,
  type Handle,
  type Ids,
  type ImportJob,
  type ImportRow,
  importJob,
  listFields,
  type Reject,
  refreshStatistics,
  takeRows,
} from '@baton/db'
import { type Actor, type FieldType, isFoldedType } from '@baton/engine'
import { holding } from '../contacts/hold.ts'
import { plainText } from './plain-text.ts'
import { type Position, readRecords } from './records.ts'
import { rowReader } from './row.ts'
import { rowPlan, type StoredSettings, storedSettings } from './settings.ts'

export interface CarryOut {
  db: Handle
  ids: Ids
  clock: { now(): number }
  /** Wakes the runner after each chunk. */
  nudge(): void
  /** Ends the import between two chunks without ending its job: the next start of the server goes on. */
  signal?: AbortSignal | undefined
}

/** Rows a transaction takes in. The embedded database has one connection, and screens wait for it. */
const CHUNK = { pg: 2000, pglite: 500 } as const

/**
 * Carries a running import out from where it is: reads, takes in chunk by chunk, ends the job. Memory does not grow with the file.
 * What a person can mend ends it as failed with words; whatever came in stays.
 * While another process carries it out nothing is done.
 * @returns the job as it stands then
 */
export async function carryOut(to: CarryOut, jobId: string): Promise<ImportJob> {
  const job = await importJob(to.db, jobId)
  if (!job) throw new Error(`There is no import ${jobId}.`)
  await holding(to.db, 'import_job', jobId, (owner) => carryOn(to, jobId, owner))
  return (await importJob(to.db, jobId)) ?? job
}

async function carryOn(to: CarryOut, jobId: string, owner: string): Promise<void> {
  // Read behind the claim: whoever had it before has gone further since.
  const job = await importJob(to.db, jobId)
  if (!job) return
  try {
    if ((await takeAll(to, job, owner)) && (await endImport(to.db, { id: jobId, status: 'done', at: to.clock.now(), owner })))
      await refreshStatistics(to.db)
  } catch (error) {
    const say =
      error instanceof ImportError
        ? error.message
        : 'Something went wrong on the server; the details are in its log. Go on, or upload the file again.'
    await endImport(to.db, { id: jobId, status: 'failed', error: say, at: to.clock.now(), owner })
    if (!(error instanceof ImportError)) throw error
  }
}

/** @returns true at the end of the file; false when cancelled or told to stop */
async function takeAll(to: CarryOut, job: ImportJob, owner: string): Promise<boolean> {
  if (job.path === null) throw new ImportError('The file is not here any more. Upload it again.')
  const settings = storedSettings.parse(job.settings)
  const fields = await listFields(to.db)
  const read = rowReader(rowPlan(settings, fields))
  const file = await plainText(job.path, settings)
  const chunks = new Chunks(to, job, owner, settings, fields)
  const fresh = job.bytesRead === 0
  const start: Position = fresh ? { bytes: file.bom, lines: 0 } : { bytes: job.bytesRead, lines: job.linesRead }
  let rows = job.rowsRead
  let heading = fresh && settings.header
  try {
    for await (const record of readRecords(file.path, settings.delimiter, start)) {
      if (heading) {
        heading = false
        continue
      }
      rows++
      if ('broken' in record) chunks.rejects.push({ line: record.line, reason: record.broken, raw: record.raw })
      else {
        const result = read(record, rows)
        if ('row' in result) chunks.rows.push(result.row)
        else chunks.rejects.push(result.reject)
      }
      if (!chunks.full) continue
      if (!(await chunks.send({ ...record.next, rows }))) return false
      if (to.signal?.aborted) return false
      await breathe()
    }
    return (await chunks.send({ bytes: job.size, lines: chunks.last.lines, rows })) && (await chunks.settled())
  } finally {
    await chunks.settled()
  }
}

/** Where the file goes on behind a chunk. */
type Place = Position & { rows: number }

class Chunks {
  rows: ImportRow[] = []
  rejects: Reject[] = []
  last: Place
  #pending: Promise<boolean> = Promise.resolve(true)
  readonly #to: CarryOut
  readonly #job: ImportJob
  readonly #owner: string
  readonly #keyKind: 'email' | 'external'
  readonly #textKeys: readonly string[]
  readonly #source: Actor
  readonly #consent: { topic: string; source: Actor }
  readonly #list: string | null
  readonly #size: number

  constructor(to: CarryOut, job: ImportJob, owner: string, settings: StoredSettings, fields: readonly { key: string; type: FieldType }[]) {
    this.#to = to
    this.#job = job
    this.#owner = owner
    this.#keyKind = settings.key.by === 'email' ? 'email' : 'external'
    this.#textKeys = fields.filter((it) => isFoldedType(it.type)).map((it) => it.key)
    this.#source = { kind: 'import', id: job.id, name: job.fileName }
    const { consent } = settings
    const asked = consent.who === 'nobody' ? { topic: 'marketing', said: '' } : { topic: consent.topic, said: `: ${consent.source}` }
    this.#consent = { topic: asked.topic, source: { ...this.#source, name: `${job.fileName}${asked.said}` } }
    // Imports that were begun before there were lists say nothing of one.
    this.#list = settings.list ?? null
    this.#size = CHUNK[to.db.kind]
    this.last = { bytes: job.bytesRead, lines: job.linesRead, rows: job.rowsRead }
  }

  get full(): boolean {
    return this.rows.length + this.rejects.length >= this.#size
  }

  /**
   * Sends a chunk off once the one before is in, and does not wait for it: the next rows are read while the database writes.
   * @returns false when the job was cancelled meanwhile
   */
  async send(position: Place): Promise<boolean> {
    if (!(await this.settled())) return false
    const { rows, rejects } = this
    this.rows = []
    this.rejects = []
    this.last = position
    this.#pending = this.#take(rows, rejects, position)
    // Whoever asks next gets the error; until then nobody listens.
    this.#pending.catch(() => {})
    return true
  }

  /** Waits for the chunk under way. @returns false when the job was cancelled @throws what went wrong with it */
  settled(): Promise<boolean> {
    return this.#pending
  }

  async #take(rows: ImportRow[], rejects: Reject[], position: Place): Promise<boolean> {
    const taken = await takeRows(this.#to.db, this.#to.ids, {
      jobId: this.#job.id,
      owner: this.#owner,
      keyKind: this.#keyKind,
      source: this.#source,
      consent: this.#consent,
      list: this.#list,
      at: this.#to.clock.now(),
      textKeys: this.#textKeys,
      rows,
      rejects,
      position,
    })
    this.#to.nudge()
    return taken
  }
}
