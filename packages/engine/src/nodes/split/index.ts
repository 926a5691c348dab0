import { defineKind, type Port } from '../../kind.ts'
import { plain, strong } from '../base.ts'
import { wayName } from './names.ts'
import { splitConfig } from './schema.ts'

/** Sends people different ways by chance; each person always the same way. An experiment compares what became of them. */
export const split = defineKind({
  type: 'split',
  category: 'logic',
  rests: false,
  version: 1,
  migrations: [],
  config: splitConfig,
  defaults: () => ({
    v: 1,
    ways: [
      { id: 'way-1', name: 'A', weight: 50, holdOut: false },
      { id: 'way-2', name: 'B', weight: 50, holdOut: false },
    ],
    goal: null,
  }),
  ports: ({ ways }) => ways.map(({ id, holdOut }, i): Port => ({ id, label: wayName(ways, i), tone: holdOut ? 'loss' : 'neutral' })),
  references: ({ goal }) => (goal?.type ? [{ kind: 'event', id: goal.type }] : []),
  conditions: () => [],
  changes: () => [],
  sentence: ({ ways, goal }) => {
    const shares = ways.map((it, i) => strong(`${wayName(ways, i)} ${it.weight ?? '?'}%`))
    return [plain(goal ? 'Experiment: ' : 'By chance: '), ...shares.flatMap((it, i) => (i === 0 ? [it] : [plain(', '), it]))]
  },
  compares: ({ ways, goal }) => ({
    ways: ways.map(({ id, holdOut }, i) => ({ id, name: wayName(ways, i), holdOut })),
    goal: goal?.type && goal.days !== null ? { type: goal.type, where: goal.where, days: goal.days } : null,
  }),
})
