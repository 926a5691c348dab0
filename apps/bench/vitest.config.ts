import { defineConfig } from 'vitest/config'
import { tests } from '../../guards/vitest.ts'

export default defineConfig({ test: { ...tests, globalSetup: ['@baton/db/testing/setup'] } })
