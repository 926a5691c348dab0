import { listSecrets, listTeams } from '@baton/db'
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

/** What a bundle would bring, before anything is done. */
export interface Inspected {
  /** Names of its flows. */
  flows: string[]
  /** Where they would reach. */
  reached: Reached[]
  /** Names of secrets that are missing here. */
  secrets: string[]
  /** Names of teams that would be made here. People do not travel: nobody is in them. */
  teams: string[]
}

export async function inspect(ctx: SignedIn, file: unknown): Promise<Inspected> {
  const bundle = mustRead(file)
  const known = new Set((await listSecrets(ctx.db)).map((it) => it.name))
  const teams = new Set((await listTeams(ctx.db)).map((it) => it.id))
  return {
    flows: bundle.flows.map((it) => it.name),
    reached: reachOf(bundle),
    secrets: bundle.secrets.filter((it) => !known.has(it)),
    teams: bundle.teams.flatMap(({ id, name }) => (teams.has(id) ? [] : [name])),
  }
}

/** Takes a bundle in: drafts, and what they name where it is missing. */
export async function takeIn(ctx: SignedIn, file: unknown): Promise<Imported> {
  const done = await importBundle(ctx.db, mustRead(file), { at: ctx.clock.now(), by: ctx.user })
  ctx.services.nudge()
  return done
}
