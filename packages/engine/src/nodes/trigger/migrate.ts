import type { ConfigMigration } from '../../kind.ts'

const isRecord = (it: unknown): it is Record<string, unknown> => typeof it === 'object' && it !== null && !Array.isArray(it)

/** From 1 to 2: segments could only be joined, events carried nothing and old ones never let in. */
export const moreWaysIn: ConfigMigration = {
  from: 1,
  name: 'more ways in',
  up: (config) => {
    const { on } = config
    if (!isRecord(on)) return { ...config }
    if (on.kind === 'segment') return { ...config, on: { ...on, way: 'joined' } }
    if (on.kind === 'event') return { ...config, on: { ...on, keep: [], historic: false } }
    return { ...config }
  },
}
