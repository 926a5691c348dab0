import { defineRun } from '../../kind.ts'
import { exit } from './index.ts'

/** What its settings must be, and what it does. */
export const exitRun = defineRun(exit, {
  check: () => [],
  compile: ({ label, finished }) => ({
    enter: () => ({ do: 'end', how: finished ? 'finished' : 'left', label, reason: { code: 'exit', label, finished } }),
    conditions: [],
  }),
})
