import { defineKind, type Port, type Reference } from '../../kind.ts'
import { onward } from '../base.ts'
import { lastInstantOf, leastOf } from './least.ts'
import { NO_DATE, TIME_OUT, TOO_LATE } from './ports.ts'
import { branchConditions, type Until, waitConfig } from './schema.ts'
import { branchWords, waitWords } from './words.ts'

/** Holds people: for a time, until a date or a time of day, while it is closed, or until something happens. */
export const wait = defineKind({
  type: 'wait',
  category: 'wait',
  rests: true,
  version: 2,
  migrations: [{ from: 1, name: 'wake-ups may be rounded to more than a minute', up: (config) => ({ ...config, slot: 1 }) }],
  config: waitConfig,
  defaults: () => ({ v: 2, until: { kind: 'duration', amount: 1, unit: 'days' }, slot: 1 }),
  ports: ({ until }) => portsOf(until),
  references: ({ until }) => referencesIn(until),
  conditions: ({ until }) => branchConditions(until),
  decides: ({ until }) => ({
    cases: (until.kind === 'event' ? until.branches : []).map((it, i) => ({
      port: it.id,
      name: branchWords(it, i),
      path: `until.branches.${i}.match.when`,
      when: it.match.kind === 'condition' ? it.match.when : null,
      event: it.match.kind === 'event' ? it.match.type : null,
    })),
    otherwise: null,
  }),
  lasts: ({ until }, port) => leastOf(until, port),
  fixed: ({ until }) => (until.kind === 'date' ? lastInstantOf(until) : null),
  sentence: ({ until }, catalog) => waitWords(until, catalog),
})

const tooLate: Port = { id: TOO_LATE, label: 'Too late', tone: 'loss' }

function portsOf(until: Until): Port[] {
  switch (until.kind) {
    case 'duration':
    case 'time':
    case 'window':
      return [onward]
    case 'date':
      return until.past === 'too-late' ? [onward, tooLate] : [onward]
    case 'date-field': {
      const late = until.past === 'too-late' && !until.yearly ? [tooLate] : []
      return [onward, ...late, { id: NO_DATE, label: 'No date', tone: 'loss' }]
    }
    case 'event': {
      const over: Port[] = until.timeOut === null ? [] : [{ id: TIME_OUT, label: 'Not in time', tone: 'neutral' }]
      return [...until.branches.map((it, i): Port => ({ id: it.id, label: branchWords(it, i), tone: 'good' })), ...over]
    }
  }
}

function referencesIn(until: Until): Reference[] {
  if (until.kind === 'date-field') return until.field === null ? [] : [{ kind: 'field', id: until.field }]
  if (until.kind === 'window' && until.hours.kind === 'calendar') {
    return until.hours.calendarId === null ? [] : [{ kind: 'calendar', id: until.hours.calendarId }]
  }
  if (until.kind !== 'event') return []
  return until.branches.flatMap(({ match }) => (match.kind === 'event' && match.type ? [{ kind: 'event', id: match.type }] : []))
}
