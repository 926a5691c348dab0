import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Failpoint } from '@baton/db'
import { build } from 'vite'
import type { drain } from './child.ts'

export type Order = Parameters<typeof drain>[0]

const MIGRATIONS = join(import.meta.dirname, '../../../../packages/db/drizzle')
const HERE = join(import.meta.dirname, '../..')
const CHILD = `const { drain } = await import('./child.js'); await drain(JSON.parse(process.env.DRAIN))`
/** Under the package, so that the child finds what is installed. */
const builtIn = (name: string) => join(HERE, `reports/${name}`)

/** Builds what the children of one test file run. */
export async function buildChild(name: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: HERE,
    build: { ssr: 'test/runner/child.ts', outDir: builtIn(name), target: 'node20', emptyOutDir: true },
    ssr: { noExternal: [/^@baton\//] },
  })
}

/** Runs a child to its end; gives the signal that killed it, or its exit code. */
export async function child(name: string, order: Order, failpoint?: Failpoint): Promise<unknown> {
  const env = { ...process.env, DRAIN: JSON.stringify(order), BATON_FAILPOINT: failpoint ?? '', BATON_MIGRATIONS: MIGRATIONS }
  const run = spawn(process.execPath, ['--input-type=module', '-e', CHILD], {
    cwd: builtIn(name),
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code, signal] = await once(run, 'exit')
  return signal ?? code
}
