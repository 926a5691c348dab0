import { defineConfig } from 'vitest/config'
import { tests } from '../../guards/vitest.ts'

export default defineConfig({
  // One file at a time: each drives a browser, a server and a database on two cores.
  test: { ...tests, globalSetup: ['@baton/db/testing/setup'], testTimeout: 240_000, hookTimeout: 120_000, fileParallelism: false },
})
