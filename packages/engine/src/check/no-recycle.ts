import { reach } from '../graph/walk.ts'
import type { Issue } from './issue.ts'
import { isHandOff } from './one-click.ts'
import type { CheckedNode, Rule } from './subject.ts'
import { listed } from './words.ts'

/** Ways in of other flows that take up whom sales gave back. */
const BACK = [
  'event sales.rejected ',
  'event sales.lost ',
  'event sales.no-response ',
  'event sales.overflow ',
  'event sales.breached ',
  'event lifecycle.changed ',
]

/**
 * Leads that sales does not take and that nothing brings back: their port leads out of the flow past steps that do nothing for them, nobody
 * comes in a second time, and no other flow takes them up. E-329.
 */
export const noRecycle: Rule = ({ graph, nodes, edges, next, catalog, context, nameOf }) => {
  const takenUp = catalog.flows.some(
    (it) => it.id !== context.flowId && it.runs?.entrances.some((key) => BACK.some((start) => key.startsWith(start))),
  )
  if (takenUp || graph.settings.reentry.when !== 'never') return []
  const issues: Issue[] = []
  for (const node of nodes.values()) {
    if (!isHandOff(node)) continue
    const lost = node.ports.filter(({ id, tone }) => {
      const to = edges.find((it) => it.source === node.id && it.sourceHandle === id)?.target
      return (tone === 'loss' || tone === 'retry') && to !== undefined && ![...reach([to], next)].some((it) => serves(nodes.get(it)))
    })
    if (lost.length === 0) continue
    const ports = listed(lost.map((it) => it.label))
    issues.push({
      code: 'no-recycle',
      severity: 'warning',
      nodes: [node.id],
      path: `port.${lost[0]?.id ?? ''}`,
      say: `Nothing brings those back who leave ${nameOf(node.id)} by ${ports}: they go out of the flow for good. Lead them to a mail, a wait or another flow, or let people come in again.`,
    })
  }
  return issues
}

/** Whether marketing does something for those who are here, or they stay in reach. */
function serves(node: CheckedNode | undefined): boolean {
  if (!node) return true
  const { kind, config } = node
  if (kind.category === 'wait' || kind.mails?.(config) || isHandOff(node)) return true
  return kind.references(config).some((it) => it.kind === 'flow' || it.kind === 'segment')
}
