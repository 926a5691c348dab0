// The augmentation below needs the module itself, also where nothing else imports it.
import type {} from 'vitest'
import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The URL of a real PostgreSQL server for this run; give it to `freshDatabase`. */
    postgres: string
  }
}

/** vitest's globalSetup: one real PostgreSQL for the whole run, `inject('postgres')` in a test. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres()
  project.provide('postgres', server.url)
  return () => server.stop()
}
