import { type Handle, planRows, versionGraph } from '@baton/db'
import { compileCondition, compileFlow, type Reads } from '@baton/engine'
import { catalogOf } from '../flows/catalog.ts'

/** Who looks at events of a type, and how far back. */
export interface EventNeed {
  type: string
  /** Infinity: at all there ever were. */
  days: number
  by: { kind: 'flow' | 'segment'; id: string; name: string }[]
}

/**
 * How far back flows that run (all their versions, since people may be on any) and segments look at events, by type. Nothing within that
 * is ever dropped.
 */
export async function eventNeeds(db: Handle): Promise<Map<string, EventNeed>> {
  const rows = await planRows(db)
  const catalog = catalogOf(rows)
  const needs = new Map<string, EventNeed>()
  const note = (reads: Reads, by: EventNeed['by'][number]) => {
    for (const [type, days] of reads.events) {
      const need = needs.get(type) ?? { type, days: 0, by: [] }
      needs.set(type, need)
      need.days = Math.max(need.days, days)
      if (!need.by.some((it) => it.kind === by.kind && it.id === by.id)) need.by.push(by)
    }
  }
  for (const { id, name, status } of rows.flows) {
    if (status === 'stopped') continue
    for (const { version } of rows.versions.filter((it) => it.flowId === id)) {
      const graph = await versionGraph(db, id, version)
      const made = graph && compileFlow({ flowId: id, version, graph, catalog })
      if (made && 'ok' in made) note(made.ok.reads, { kind: 'flow', id, name })
    }
  }
  for (const { id, name, condition } of rows.segments) {
    const made = compileCondition(condition, catalog, 'segment')
    if ('ok' in made) note(made.ok.reads, { kind: 'segment', id, name })
  }
  return needs
}
