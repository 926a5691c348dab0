import { listSecrets } from '@baton/db'
import type { SignedIn } from '../context.ts'
import { fail } from '../errors.ts'
import { type Reached, reachOf } from './reach.ts'
import { type Bundle, readBundle } from './schema.ts'
import { type Imported, importBundle } from './store.ts'

/** Faults that are named at once; the rest is told by number. */
const SHOWN = 10

/** A bundle from the browser. @throws BAD_REQUEST with every fault and its path */
export function mustRead(file: unknown): Bundle {
  const read = readBundle(file)
  if ('ok' in read) return read.ok
  const faults = read.error.slice(0, SHOWN).map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
  const more = read.error.length - faults.length
  throw fail('BAD_REQUEST', `Nothing was brought in. ${faults.join(' ')}${more > 0 ? ` And ${more} more.` : ''}`)
}

/** What a bundle would bring, before anything is done: its flows, where they would reach, the secrets that are missing here. */
export async function inspect(ctx: SignedIn, file: unknown): Promise<{ flows: string[]; reached: Reached[]; secrets: string[] }> {
  const bundle = mustRead(file)
  const known = new Set((await listSecrets(ctx.db)).map((it) => it.name))
  return { flows: bundle.flows.map((it) => it.name), reached: reachOf(bundle), secrets: bundle.secrets.filter((it) => !known.has(it)) }
}

/** Takes a bundle in: drafts, and what they name where it is missing. */
export async function takeIn(ctx: SignedIn, file: unknown): Promise<Imported> {
  const done = await importBundle(ctx.db, mustRead(file), { at: ctx.clock.now(), by: ctx.user })
  ctx.services.nudge()
  return done
}
