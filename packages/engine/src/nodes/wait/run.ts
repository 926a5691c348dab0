import { type CompiledNode, type CompileTools, defineRun } from '../../kind.ts'
import { checkWait } from './check.ts'
import { compileDate } from './date.ts'
import { compileDateField } from './date-field.ts'
import { compileDuration } from './duration.ts'
import { compileEvent } from './event.ts'
import { wait } from './index.ts'
import type { Until } from './schema.ts'
import { compileTimeOfDay } from './time-of-day.ts'
import { compileWindow } from './window.ts'

function compileUntil(until: Until, slot: number, tools: CompileTools): CompiledNode {
  switch (until.kind) {
    case 'duration':
      return compileDuration(until, slot)
    case 'time':
      return compileTimeOfDay(until, slot)
    case 'date':
      return compileDate(until, slot)
    case 'date-field':
      return compileDateField(until, slot, tools)
    case 'window':
      return compileWindow(until, slot, tools)
    case 'event':
      return compileEvent(until, slot, tools)
  }
}

/** What its settings must be, and what it does. */
export const waitRun = defineRun(wait, {
  check: ({ until }, catalog) => checkWait(until, catalog),
  compile: ({ until, slot }, tools) => compileUntil(until, slot, tools),
})
