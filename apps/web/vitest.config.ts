import { defineConfig } from 'vitest/config'
import { tests } from '../../guards/vitest.ts'

// `css`: the checks of the tokens read the style sheet itself; without it vitest answers every sheet with nothing.
export default defineConfig({ test: { ...tests, css: true } })
