import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

function find(from: string): string {
  if (existsSync(join(from, 'pnpm-workspace.yaml'))) return from
  const above = dirname(from)
  if (above === from) throw new Error('No workspace above this file')
  return find(above)
}

/** The directory of the whole project; found by looking up, as sources and build lie at different depths. */
export const root = find(dirname(fileURLToPath(import.meta.url)))
