import type { Issue } from './issue.ts'
import type { Rule } from './subject.ts'

/** Ways that start or end at nothing, and two ways out of one port. The editor makes none; a file may bring them. */
export const danglingEdge: Rule = ({ graph, edges, nodes }) => {
  const ids = new Set(graph.nodes.map((it) => it.id))
  const fine = new Set(edges)
  const issues: Issue[] = []
  const taken = new Set<string>()
  for (const edge of graph.edges) {
    const ends = [edge.source, edge.target].filter((it) => ids.has(it))
    if (!fine.has(edge)) {
      const port =
        nodes.has(edge.source) && ids.has(edge.target)
          ? `starts at a port “${edge.sourceHandle}” that its step does not have`
          : 'starts or ends at a step that is not there'
      issues.push({
        code: 'dangling-edge',
        severity: 'error',
        nodes: ends,
        say: `The way “${edge.id}” ${port}. Take it away, or draw it again.`,
      })
      continue
    }
    const from = `${edge.source} ${edge.sourceHandle}`
    if (taken.has(from))
      issues.push({
        code: 'two-ways',
        severity: 'error',
        nodes: ends,
        say: `Two ways leave one port of this step (“${edge.id}” is the second). People go one way only: take one away.`,
      })
    taken.add(from)
  }
  return issues
}
