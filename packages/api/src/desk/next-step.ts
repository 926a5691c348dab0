import { type Handle, versionGraph } from '@baton/db'
import { type FlowGraph, kindOf, parseConfig } from '@baton/engine'
import { z } from 'zod'
import { currentCatalog } from '../flows/catalog.ts'

/** What the flow does with somebody who leaves the hand-off, by what sales does: the sentence of the next step's card, "Wait 90 days". */
export interface NextSteps {
  accepted: string | null
  rejected: string | null
  voicemail: string | null
  won: string | null
  lost: string | null
  /** Reasons for which the flow has a way of its own. */
  ways: { label: string; reasons: string[]; next: string | null }[]
}

/** The settings of a hand-off that matter here; those of older versions have none of them. */
const settings = z.object({
  leaveAt: z.enum(['first-answer', 'final-outcome']).default('first-answer'),
  rejectWays: z.array(z.object({ id: z.string(), label: z.string(), reasons: z.array(z.string()) })).default([]),
})

const NOWHERE: NextSteps = { accepted: null, rejected: null, voicemail: null, won: null, lost: null, ways: [] }

/** A way that leads nowhere, or to a step of a newer Baton, reads null. */
export async function nextSteps(
  db: Handle,
  { flowId, version, node }: { flowId: string; version: number; node: string },
): Promise<NextSteps> {
  const graph = await versionGraph(db, flowId, version)
  const here = graph?.nodes.find((one) => one.id === node)
  const found = settings.safeParse(here?.data)
  if (!graph || !found.success) return NOWHERE
  const catalog = await currentCatalog(db)
  const after = (port: string) => stepBehind(graph, { node, port }, catalog)
  const final = found.data.leaveAt === 'final-outcome'
  return {
    accepted: final ? null : after('accepted'),
    rejected: after('rejected'),
    voicemail: after('voicemail'),
    won: final ? after('converted') : null,
    lost: final ? after('lost') : null,
    ways: found.data.rejectWays.map(({ id, label, reasons }) => ({ label, reasons, next: after(`way:${id}`) })),
  }
}

function stepBehind(
  graph: FlowGraph,
  at: { node: string; port: string },
  catalog: Awaited<ReturnType<typeof currentCatalog>>,
): string | null {
  const edge = graph.edges.find((one) => one.source === at.node && one.sourceHandle === at.port)
  const next = graph.nodes.find((one) => one.id === edge?.target)
  const kind = next && kindOf(next.type)
  const config = kind && parseConfig(kind, next.data)
  if (!kind || !config || !('ok' in config)) return null
  return kind
    .sentence(config.ok, catalog)
    .map((part) => part.text)
    .join('')
}
