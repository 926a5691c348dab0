import {
  appendItems,
  bumpPlan,
  createFlow,
  createIds,
  ensureMonths,
  type Handle,
  nextDue,
  openDatabase,
  prepareEvents,
  publishFlow,
  startScan,
} from '@baton/db'
import { citusUrl, dropSharedCitus, freshDatabase, noteDatabase, sharedCitus } from '@baton/db/testing'
import { asSpread, type Misfit } from '@baton/db/testing/spread'
import {
  type Condition,
  type FieldDefinition,
  type FlowGraph,
  foldFields,
  type InboxItem,
  type JournalLine,
  journalLine,
  planHash,
  type Reason,
  sortJournal,
} from '@baton/engine'
import { sampleCatalog, sampleFlows, sampleSegments } from '@baton/engine/fixtures'
import { bucketOf } from '@baton/leads'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, inject } from 'vitest'
import { createPlans, createRunner, type Runner, type RunnerOptions } from '../../src/runner/index.ts'
import { testClock } from '../harness.ts'

export const START = Date.UTC(2026, 2, 2, 8)
export const BY = { id: 'usr_test', name: 'Test' }
const silent = pino({ level: 'silent' })

/** `spread`: PostgreSQL worked on as if it were spread over machines; `citus`: a real one, where CITUS_URL says so. */
type Kind = 'pg' | 'pglite' | 'spread' | 'citus'

/**
 * One suite on both databases; each test gets a migrated database of its own. With CITUS_URL on that one instead.
 * @param also `spread` as well, with every statement judged
 */
export function onBoth(name: string, suite: (world: () => Promise<World>) => void, also: readonly 'spread'[] = []): void {
  const kinds: readonly Kind[] = citusUrl() === undefined ? ['pg', 'pglite', ...also] : ['citus']
  for (const kind of kinds) {
    describe(`${name} (${kind})`, { timeout: 120_000 }, () => {
      const opened: World[] = []
      const misfits: Misfit[] = []
      let dump: Blob | undefined
      beforeAll(async () => {
        if (kind === 'pglite') dump = await embeddedDump()
      })
      afterAll(async () => {
        for (const world of opened) await world.close()
        if (kind === 'pg' || kind === 'pglite') noteDatabase('runner', kind)
        if (kind === 'citus') await dropSharedCitus()
        expect(misfits).toEqual([])
      })
      suite(async () => {
        if (kind === 'citus') for (const world of opened.splice(0)) await world.close()
        const world = await worldOn(kind, dump, misfits)
        opened.push(world)
        return world
      })
    })
  }
}

async function worldOn(kind: Kind, dump: Blob | undefined, misfits: Misfit[]): Promise<World> {
  if (kind === 'citus') {
    const { url } = await sharedCitus()
    const handle = await openDatabase({ url })
    return new World(handle, () => handle.close())
  }
  const fresh = kind === 'pglite' ? undefined : await freshDatabase(inject('postgres'))
  const open = () => openDatabase(fresh ? { url: fresh.url } : { memory: true, ...(dump ? { load: dump } : {}) })
  const plain = await open()
  await plain.migrate()
  const handle = kind === 'spread' ? asSpread(plain, await open(), misfits) : plain
  return new World(handle, async () => {
    await handle.close()
    await fresh?.drop()
  })
}

let dumped: Promise<Blob> | undefined
/** A migrated embedded database to start from: much faster than initdb for every test. */
function embeddedDump(): Promise<Blob> {
  dumped ??= (async () => {
    const { PGlite } = await import('@electric-sql/pglite')
    const client = await PGlite.create()
    const blob = await client.dumpDataDir('none')
    await client.close()
    return blob
  })()
  return dumped
}

/** A database with a runner and a clock that is moved by hand. */
export class World {
  readonly clock = testClock(START)
  readonly handle: Handle
  readonly runner: Runner
  readonly close: () => Promise<void>
  readonly ids
  private people = new Map<string, number>()

  constructor(handle: Handle, close: () => Promise<void>) {
    this.handle = handle
    this.close = close
    this.ids = createIds(handle)
    this.runner = this.worker('one')
  }

  worker(owner: string, more: Partial<RunnerOptions> = {}): Runner {
    const plans = createPlans({ handle: this.handle, log: silent })
    return createRunner({ handle: this.handle, clock: this.clock, plans, log: silent, owner, routing: false, ...more })
  }

  /** One flow, published at once. */
  async flow(id: string, graph: FlowGraph, enrolAt: readonly { node: string; segmentId: string }[] = []): Promise<void> {
    await this.handle.transaction((tx) => createFlow(tx, { id, name: id, graph, by: BY, at: 0 }))
    await this.publish(id, enrolAt)
  }

  /** A segment whose members are found by the runner's pass over everybody. */
  async segment(id: string, condition: Condition): Promise<void> {
    await this.handle.transaction(async (tx) => {
      await tx.query('insert into segment (id, name, condition, created_at, updated_at) values ($1, $1, $2::jsonb, 0, 0)', [
        id,
        JSON.stringify(condition),
      ])
      await bumpPlan(tx)
      await startScan(tx, { kind: 'segment', segmentId: id, by: BY, at: this.clock.now() })
    })
  }

  /** Takes up people whom another world made in this database. */
  async knows(keys: readonly string[]): Promise<void> {
    const rows = await this.handle.query<{ key: string; id: number }>('select key, id from contact where key = any($1::text[])', [keys])
    this.people = new Map(rows.map((row) => [row.key, row.id]))
  }

  months(instants: readonly number[]): Promise<void> {
    return ensureMonths(this.handle, instants)
  }

  /** When something is due next. */
  next(): Promise<number | null> {
    return nextDue(this.handle, this.clock.now())
  }

  /** Rows of a statement: what a test asks of the database. */
  rows<T extends object = Record<string, unknown>>(text: string, params: readonly unknown[] = []): Promise<T[]> {
    return this.handle.query<T>(text, params)
  }

  /** Fields, segments, mails and scores of the sample programme, and its flows, live. */
  async sample(flows: readonly { id: string; name: string; graph: FlowGraph }[] = sampleFlows, settings: object = {}): Promise<void> {
    await this.fields(sampleCatalog.fields)
    await this.handle.transaction(async (tx) => {
      const change = { zone: sampleCatalog.workspaceZone, dimensions: sampleCatalog.dimensions, ...settings }
      await tx.query('update workspace set settings = settings || $1::jsonb', [JSON.stringify(change)])
      for (const { id, name, condition } of sampleSegments) {
        await tx.query(
          `insert into segment (id, name, condition, status, created_at, updated_at) values ($1, $2, $3::jsonb, 'ready', 0, 0)`,
          [id, name, JSON.stringify(condition)],
        )
      }
      for (const { id, name, purpose } of sampleCatalog.templates) {
        await tx.query('insert into template (id, name, purpose, created_at, updated_at) values ($1, $2, $3, 0, 0)', [id, name, purpose])
      }
      for (const { id, name } of sampleCatalog.teams)
        await tx.query('insert into team (id, name, created_at) values ($1, $2, 0)', [id, name])
      for (const { id, name, graph } of flows) await createFlow(tx, { id, name, graph, by: BY, at: 0 })
    })
    for (const { id } of flows) await this.publish(id)
  }

  async fields(fields: readonly FieldDefinition[]): Promise<void> {
    for (const it of fields) {
      await this.handle.query(
        'insert into field (key, label, type, options, created_at) values ($1, $2, $3, $4::jsonb, 0) on conflict (key) do nothing',
        [it.key, it.label, it.type, it.options ? JSON.stringify(it.options) : null],
      )
    }
    await bumpPlan(this.handle)
  }

  async publish(id: string, enrolAt: readonly { node: string; segmentId: string }[] = []): Promise<void> {
    await this.handle.transaction(async (tx) => {
      const [flow] = await tx.query<{ draft: FlowGraph; rev: number }>('select draft, draft_rev as rev from flow where id = $1', [id])
      if (!flow) throw new Error(`No flow ${id}`)
      await publishFlow(tx, { id, rev: flow.rev, hash: planHash(flow.draft), notes: '', by: BY, at: this.clock.now(), enrolAt })
    })
  }

  /** Somebody new, without an inbox item. */
  async person(
    key: string,
    given: { fields?: object; consent?: object; zone?: string | null; suppressed?: string | null } = {},
  ): Promise<number> {
    return this.handle.transaction(async (tx) => {
      const bucket = bucketOf(key)
      const [id = 0] = await this.ids.take([bucket], tx)
      const fields: Record<string, unknown> = { ...given.fields }
      const textKeys = Object.keys(fields).filter((key) => typeof fields[key] === 'string')
      const facts = {
        f: fields,
        k: foldFields(fields, textKeys),
        c: given.consent ?? {},
        ...(given.suppressed ? { s: given.suppressed } : {}),
      }
      await tx.query('insert into contact (bucket, id, key, zone, facts, created_at) values ($1, $2, $3, $4, $5::jsonb, $6)', [
        bucket,
        id,
        key,
        given.zone ?? null,
        JSON.stringify(facts),
        this.clock.now(),
      ])
      this.people.set(key, id)
      return id
    })
  }

  /** Many people with the same fields, made by one statement. */
  async crowd(n: number, fields: Readonly<Record<string, string>> = {}): Promise<number[]> {
    const ids = await this.ids.take(Array.from({ length: n }, (_, i) => i % 1024))
    const facts = { f: fields, k: foldFields(fields, Object.keys(fields)), c: {} }
    await this.handle.query(
      `insert into contact (bucket, id, key, facts, created_at) select (v & 1023)::smallint, v, 'c' || v, $2::jsonb, 0 from unnest($1::int8[]) v`,
      [ids, JSON.stringify(facts)],
    )
    return ids
  }

  async tell(key: string, ...items: InboxItem[]): Promise<void> {
    await prepareEvents(
      this.handle,
      items.flatMap((it) => (it.kind === 'event' ? [it.event] : [])),
      this.clock.now(),
    )
    const contactId = this.people.get(key)
    if (contactId === undefined) throw new Error(`Nobody is called ${key}`)
    await this.handle.transaction((tx) =>
      appendItems(
        tx,
        items.map((item) => ({ contactId, item })),
      ),
    )
  }

  /** Moves the clock through everything that falls due, up to and with `until`. */
  async runUntil(until: number, runner = this.runner): Promise<void> {
    for (;;) {
      const next = await runner.drainUntilIdle()
      if (next === null || next > until) break
      this.clock.advance(next - this.clock.now())
    }
    this.clock.advance(until - this.clock.now())
    await runner.drainUntilIdle()
  }

  /** The journal, as `flow run` writes it. */
  async journal(): Promise<JournalLine[]> {
    const rows = await this.handle.query<{ contact: string; flow: string; steps: Stored[] }>(
      `select c.key as contact, e.flow_id as flow, j.steps from journal j join enrolment e on e.bucket = j.bucket and e.id = j.enrolment_id
       join contact c on c.bucket = e.bucket and c.id = e.contact_id order by j.at, c.key collate "C", e.flow_id, e.key, e.entry, j.seq`,
    )
    return sortJournal(rows.flatMap(({ contact, flow, steps }) => steps.map((step) => journalLine(contact, flow, step))))
  }
}

interface Stored {
  seq: number
  at: number
  node: string
  visit: number
  port: string
  reason: Reason
}
