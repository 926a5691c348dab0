import type { Issue } from './issue.ts'
import type { Rule } from './subject.ts'

/** Ports that lead nowhere: people would stop there. */
export const portOpen: Rule = ({ nodes, edges, nameOf }) => {
  const taken = new Set(edges.map((it) => `${it.source} ${it.sourceHandle}`))
  const led = new Set(edges.map((it) => it.target))
  const issues: Issue[] = []
  for (const { id, kind, config, ports } of nodes.values()) {
    // Where no way leads, only the free ports are ever taken.
    const free = led.has(id) ? undefined : kind.free?.(config)
    for (const port of ports) {
      if (taken.has(`${id} ${port.id}`) || (free && !free.includes(port.id))) continue
      const which = ports.length === 1 ? `The way out of ${nameOf(id)}` : `Port ${port.label}`
      issues.push({
        code: 'port-open',
        severity: 'error',
        nodes: [id],
        path: `port.${port.id}`,
        say: `${which} leads nowhere. People would stop here. Connect it to the next step, or end it with Finish.`,
      })
    }
  }
  return issues
}
