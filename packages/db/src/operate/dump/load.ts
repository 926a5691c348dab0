import { eventMonths, type SequenceState, sequencesOf, type TableShape, tablesOf } from './catalog.ts'
import { altered } from './manifest.ts'
import { quoted, rowsIn, type Tap } from './tap.ts'
import type { Progress } from './write.ts'

/** Tables that a new database has rows in before anybody did anything. */
const SEEDED: Readonly<Record<string, string>> = {
  lease: 'false',
  workspace: 'false',
  worker: 'false',
  duty: 'false',
  sign_in_link: 'false',
  field: 'not system',
  topic: 'not system',
}

const WORDS: Readonly<Record<string, readonly [string, string]>> = {
  contact: ['person', 'people'],
  flow: ['flow', 'flows'],
  user: ['user', 'users'],
}

/** What stands in a database of Baton that only life brings, as `12 people, 1 flow`; null where there is nothing. */
export async function whatIsThere(tap: Tap): Promise<string | null> {
  const found: string[] = []
  for (const { name } of await tablesOf(tap)) {
    const [row] = await tap.query<{ any: boolean }>(`select exists (select 1 from ${quoted(name)} where ${SEEDED[name] ?? 'true'}) as any`)
    if (!row?.any) continue
    const [count] = await tap.query<{ n: number }>(`select count(*)::float8 as n from ${quoted(name)}`)
    const n = count?.n ?? 0
    const words = WORDS[name]
    found.push(`${n.toLocaleString('en')} ${words ? words[n === 1 ? 0 : 1] : `rows of ${name}`}`)
  }
  return found.length === 0 ? null : found.slice(0, 5).join(', ') + (found.length > 5 ? ' and more' : '')
}

const MONTH = 32 * 86_400_000

/** Makes the parts of `event` that are missing here. */
async function makeMonths(tap: Tap, months: readonly number[]): Promise<void> {
  const there = new Set(await eventMonths(tap))
  for (const from of months) {
    if (there.has(from)) continue
    const date = new Date(from)
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
    if (from !== Date.UTC(year, month)) throw altered()
    const next = new Date(from + MONTH)
    const to = Date.UTC(next.getUTCFullYear(), next.getUTCMonth())
    await tap.query(
      `create table "event_${year}_${String(month + 1).padStart(2, '0')}" partition of event for values from (${from}) to (${to})`,
    )
  }
}

/** One table after another, each as its shape and its rows. */
export interface Cargo {
  tables: readonly TableShape[]
  months: readonly number[]
  /** The rows of `table`, asked for in the order of `tables`. */
  rows(table: TableShape): AsyncIterable<Buffer>
  /** Asked for behind the last table. */
  sequences(): Promise<readonly SequenceState[]>
}

/**
 * Fills an empty database of the same revision in the transaction of `tap`: nobody sees anything before its commit. Counters go on, leases
 * are free, and workers compile anew.
 * @returns rows per table, counted again in the database
 * @throws BackupError where tables or columns differ from the cargo's
 */
export async function load(
  tap: Tap,
  cargo: Cargo,
  { progress, signal }: { progress: Progress; signal: AbortSignal },
): Promise<Map<string, number>> {
  // Whoever starts a server on it now waits until this is over.
  await tap.query('lock table workspace in access exclusive mode')
  const here = new Map((await tablesOf(tap)).map((it) => [it.name, it]))
  const fits = ({ name, columns }: TableShape) => [...columns].sort().join() === [...(here.get(name)?.columns ?? [])].sort().join()
  if (cargo.tables.length !== here.size || !cargo.tables.every(fits)) throw altered()
  for (const { name } of [...cargo.tables].reverse()) await tap.query(`delete from ${quoted(name)}`)
  await makeMonths(tap, cargo.months)
  const taken = new Map<string, number>()
  for (const table of cargo.tables) {
    let rows = 0
    const counted = async function* () {
      for await (const piece of cargo.rows(table)) {
        signal.throwIfAborted()
        rows += rowsIn(piece)
        progress(table.name, rows, false)
        yield piece
      }
    }
    await tap.copyIn(table.name, table.columns, counted())
    taken.set(table.name, rows)
    progress(table.name, rows, true)
  }
  await settle(tap, await cargo.sequences())
  return taken
}

/** What belonged to processes of the old place is over; numbers go on. */
async function settle(tap: Tap, sequences: readonly SequenceState[]): Promise<void> {
  const known = new Set((await sequencesOf(tap)).map((it) => it.name))
  for (const { name, value, called } of sequences) {
    if (!known.has(name)) throw altered()
    await tap.query('select setval($1::regclass, $2::bigint, $3)', [`public.${quoted(name)}`, value, called])
  }
  await tap.query(`update lease set owner = '', expires_at = 0, epoch = epoch + 1`)
  await tap.query('delete from worker')
  await tap.query('delete from duty')
  await tap.query('update workspace set plan_rev = plan_rev + 1')
}

/** Compares what was sent with what stands there now. */
export async function recount(tap: Tap, rows: ReadonlyMap<string, number>): Promise<void> {
  for (const [name, n] of rows) {
    if (name === 'worker' || name === 'duty') continue
    const [row] = await tap.query<{ n: number }>(`select count(*)::float8 as n from ${quoted(name)}`)
    if (row?.n !== n) throw new Error(`Table ${name} holds ${row?.n ?? 0} rows where ${n} were written. Nothing was kept.`)
  }
}
