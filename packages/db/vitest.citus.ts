import { defineConfig } from 'vitest/config'
import { tests } from '../../guards/vitest.ts'

/** What runs on a real Citus (`npm run test:citus`): the suites over both drivers, which take that one instead. */
const SUITES = ['estimates', 'ingest', 'ingest-groups', 'outgoing', 'person', 'related', 'retention', 'sending', 'turns']

export default defineConfig({
  test: {
    ...tests,
    include: SUITES.map((name) => `test/${name}.test.ts`),
    globalSetup: ['@baton/db/testing/setup'],
    // Each statement may go to several machines, and databases are made on each of them.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    // What is waited for comes later there, too: a second is the default.
    expect: { poll: { timeout: 60_000 } },
  },
})
