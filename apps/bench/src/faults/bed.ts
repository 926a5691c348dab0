import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase, type Where } from '@baton/db'
import { freshDatabase, startPostgres, type TestDatabase } from '@baton/db/testing'
import { type Config, createLog, readConfig, startServer } from '@baton/server'
import { type Origin, readOrigin } from './expectation.ts'
import { type Hook, openHook } from './hook.ts'
import { openSink, type Sink } from './sink.ts'
import { makeWorld } from './world.ts'

/** A place for one round: a copy of the world, and the way to it. */
export interface Place {
  where: Where
  /** The configuration of a server on it. */
  config(change?: Partial<Config>): Config
  /** Takes it away; everybody must have left it. */
  remove(): Promise<void>
}

/** What the rounds of a soak have in common: made once in a process, as it takes longer than a round. */
export interface Bed {
  sink: Sink
  hook: Hook
  /** Where a world came from, by the kind of its database: ids differ. */
  origin(kind: 'pg' | 'pglite'): Promise<Origin>
  /** A world of its own for a round; what the outside got before is forgotten. */
  place(kind: 'pg' | 'pglite'): Promise<Place>
  close(): Promise<void>
}

interface Template {
  origin: Origin
  copy(): Promise<{ where: Where; remove(): Promise<void> }>
  remove(): Promise<void>
}

/** Lets a server run for a moment, so that what it makes at its first start is part of the copies. */
async function warm(config: Config): Promise<void> {
  await (await startServer({ config, log: createLog('error') })).stop()
}

function configOf(where: Where, dir: string, { sink, hook }: { sink: Sink; hook: Hook }, change: Partial<Config> = {}): Config {
  const database: Config['database'] = 'url' in where ? { kind: 'postgres', url: where.url } : { kind: 'embedded' }
  return {
    ...readConfig({ PORT: '0', LOG_LEVEL: 'silent', SMTP_URL: sink.url }),
    dataDir: dir,
    database,
    allowAddresses: [new URL(hook.url).hostname],
    ...change,
  }
}

/** @param url a PostgreSQL of one's own; without it the bed starts one that keeps nothing over a power cut */
export async function openBed(url?: string): Promise<Bed> {
  const dir = mkdtempSync(join(tmpdir(), 'baton-soak-'))
  const [sink, hook] = [await openSink(), await openHook()]
  const postgres = url === undefined ? startPostgres() : Promise.resolve({ url, stop: async () => {} })
  const templates = new Map<string, Promise<Template>>()

  async function fill(where: Where): Promise<void> {
    const handle = await openDatabase(where)
    await handle.migrate()
    await makeWorld(handle, { dir, hook: hook.url })
    await handle.close()
    await warm(configOf(where, dir, { sink, hook }))
  }

  async function originOf({ where, remove }: Awaited<ReturnType<Template['copy']>>): Promise<Origin> {
    const handle = await openDatabase(where)
    const origin = await readOrigin(handle)
    await handle.close()
    await remove()
    return origin
  }

  async function onPostgres(): Promise<Template> {
    const { url: server } = await postgres
    const made: TestDatabase = await freshDatabase(server)
    await fill({ url: made.url })
    const name = /\/(t_\w+)/.exec(made.url)?.[1]
    const copy = async () => {
      const one = await freshDatabase(server, name)
      return { where: { url: one.url }, remove: one.drop }
    }
    return { origin: await originOf(await copy()), copy, remove: made.drop }
  }

  async function embedded(): Promise<Template> {
    const home = join(dir, 'template')
    await fill({ dir: join(home, 'database') })
    const copy = async () => {
      const own = mkdtempSync(join(dir, 'round-'))
      cpSync(join(home, 'database'), join(own, 'database'), { recursive: true })
      return { where: { dir: join(own, 'database') }, remove: async () => rmSync(own, { recursive: true, force: true }) }
    }
    return { origin: await originOf(await copy()), copy, remove: async () => {} }
  }

  function template(kind: 'pg' | 'pglite'): Promise<Template> {
    const made = templates.get(kind) ?? (kind === 'pg' ? onPostgres() : embedded())
    templates.set(kind, made)
    return made
  }

  return {
    sink,
    hook,
    origin: async (kind) => (await template(kind)).origin,
    async place(kind) {
      const { where, remove } = await (await template(kind)).copy()
      sink.received.clear()
      hook.calls.clear()
      const own = 'dir' in where ? join(where.dir, '..') : dir
      return { where, remove, config: (change) => configOf(where, own, { sink, hook }, change) }
    },
    async close() {
      for (const made of templates.values()) await (await made).remove()
      await sink.close()
      await hook.close()
      await (await postgres).stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
