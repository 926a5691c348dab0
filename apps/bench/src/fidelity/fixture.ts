import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bundle } from '@baton/engine/testing'
import { root } from '../root.ts'

/** Where counter-examples are kept: a test plays each of them both ways for ever. */
const FOUND = join(root, 'apps/bench/src/fidelity/found')

export interface Found {
  bundles: readonly Bundle[]
  sending: object
  /** What came later has nothing to do with it. */
  until?: number | undefined
}

/** Writes a counter-example down. @returns the path, as a message names it */
export function keep(name: string, found: Found): string {
  mkdirSync(FOUND, { recursive: true })
  writeFileSync(join(FOUND, `${name}.json`), `${JSON.stringify(found, null, 1)}\n`)
  return `apps/bench/src/fidelity/found/${name}.json`
}

/** Every counter-example that was ever kept. */
export const found = (): { name: string; read(): Found }[] =>
  readdirSync(FOUND)
    .filter((it) => it.endsWith('.json'))
    .map((name) => ({ name, read: () => JSON.parse(readFileSync(join(FOUND, name), 'utf8')) }))
