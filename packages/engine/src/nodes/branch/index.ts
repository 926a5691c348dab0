import { z } from 'zod'
import { condition } from '../../condition/schema.ts'
import { conditionSentence } from '../../condition/sentence.ts'
import { defineKind, type Port } from '../../kind.ts'
import { configBase, plain, spaced, strong } from '../base.ts'

export const OTHERWISE: Port = { id: 'otherwise', label: 'Otherwise', tone: 'neutral' }

export const branchConfig = z.object({
  ...configBase(1),
  /** In order; the first that is true is taken. `id` is the port and stays when the name changes. */
  cases: z.array(z.object({ id: z.string().min(1).max(64), name: z.string().max(80), when: condition })).max(50),
})

/** Ordered cases, first match wins; what is unknown matches nothing and is counted. */
export const branch = defineKind({
  type: 'branch',
  category: 'logic',
  rests: false,
  version: 1,
  migrations: [],
  config: branchConfig,
  defaults: () => ({ v: 1, cases: [{ id: 'case-1', name: 'Yes', when: { combinator: 'and', rules: [] } }] }),
  ports: ({ cases }) => [...cases.map(({ id, name }, i): Port => ({ id, label: name.trim() || `Case ${i + 1}`, tone: 'good' })), OTHERWISE],
  references: () => [],
  conditions: ({ cases }) => cases.map((it) => it.when),
  decides: ({ cases }) => ({
    cases: cases.map(({ id, name, when }, i) => ({
      port: id,
      name: name.trim() || `Case ${i + 1}`,
      path: `cases.${i}.when`,
      when,
      event: null,
    })),
    otherwise: OTHERWISE.id,
  }),
  changes: () => [],
  sentence: ({ cases }, catalog) => {
    const [only, ...more] = cases
    if (only && more.length === 0) return [plain('If '), ...spaced(conditionSentence(only.when, catalog))]
    const names = cases.map(({ name }, i) => strong(name.trim() || `Case ${i + 1}`))
    return [plain('Which way: '), ...names.flatMap((name, i) => (i === 0 ? [name] : [plain(', '), name])), plain(', or otherwise')]
  },
})
