import { DAY } from '@baton/leads'
import type { Catalog, FlowDigest } from '../catalog.ts'
import type { FlowGraph } from '../graph/schema.ts'
import { mostMails } from './heaviest.ts'
import { isHandOff } from './one-click.ts'
import { checkSubject } from './subject.ts'

/** Mails in seven days, counted up to this. */
const MOST = 12

/** What other flows must know of one that runs, for the checks that look across flows. */
export function flowDigest(graph: FlowGraph, catalog: Catalog): FlowDigest {
  const subject = checkSubject(graph, catalog)
  const all = [...subject.nodes.values()]
  return {
    entrances: [...new Set(all.flatMap(({ kind, config }) => kind.entrance?.(config)?.key ?? []))],
    starts: [...new Set(all.flatMap(({ kind, config }) => kind.references(config).flatMap((it) => (it.kind === 'flow' ? [it.id] : []))))],
    handsOver: all.some(isHandOff),
    mails: mostMails(subject, 7 * DAY, MOST).mails,
  }
}
