import { type Handle, versionGraph } from '@baton/db'
import { kindOf, parseConfig } from '@baton/engine'
import { currentCatalog } from '../flows/catalog.ts'

/**
 * What the flow does with somebody who leaves a step by a port, as the sentence of the next step's card: "Wait 90 days".
 * Null when the way leads nowhere, or to a step of a newer Baton.
 */
export async function nextStep(
  db: Handle,
  { flowId, version, node, port }: { flowId: string; version: number; node: string; port: string },
): Promise<string | null> {
  const graph = await versionGraph(db, flowId, version)
  const edge = graph?.edges.find((one) => one.source === node && one.sourceHandle === port)
  const next = graph?.nodes.find((one) => one.id === edge?.target)
  const kind = next && kindOf(next.type)
  const config = kind && parseConfig(kind, next.data)
  if (!kind || !config || !('ok' in config)) return null
  const sentence = kind.sentence(config.ok, await currentCatalog(db))
  return sentence.map((part) => part.text).join('')
}
