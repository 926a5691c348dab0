import { defineConfig } from 'vitest/config'
import { tests } from '../../guards/vitest.ts'

/** What runs on a real Citus (`npm run test:citus`): the suites of the runner and of what goes out, and those for it alone. */
const SUITES = [
  'citus/*.citus',
  'runner/{crash,entry,faults,kind-runs,pauses,routing,sample-run,scans,scores}.test',
  'deliver/*.test',
  'effects/notes-and-lines.test',
  'merge.test',
]

export default defineConfig({
  test: {
    ...tests,
    include: SUITES.map((name) => `test/${name}.ts`),
    globalSetup: ['@baton/db/testing/setup'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // What is waited for comes later there, too: a second is the default.
    expect: { poll: { timeout: 60_000 } },
  },
})
