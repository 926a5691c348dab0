import { type Catalog, type FlowGraph, type FlowNode, type Sentence, withSteps } from '@baton/engine'
import { wordsOf } from '../../editor/canvas/card-words.ts'
import { readStep, shapeOf } from '../../editor/geometry.ts'

/** A step as a line of a list. */
export interface WordedStep {
  node: FlowNode
  number: number
  sentence: Sentence
  /** Where it goes on, by the numbers of the list; a single way to the next line says nothing. */
  ways: { label: string; to: number }[]
}

/** The steps of a flow from top to bottom, each with a number and where its ways lead. */
export function stepsInWords(graph: FlowGraph, catalog: Catalog): WordedStep[] {
  const known = withSteps(catalog, graph)
  const sorted = [...graph.nodes].sort((a, b) => a.position.y - b.position.y || a.position.x - b.position.x)
  const numbers = new Map(sorted.map((it, at) => [it.id, at + 1]))
  return sorted.map((node, at) => {
    const { sentence, name } = wordsOf(node, readStep(node), known)
    const { ports } = shapeOf(node)
    const ways = ports.flatMap(({ id, label }) => {
      const way = graph.edges.find((it) => it.source === node.id && it.sourceHandle === id)
      const to = way && numbers.get(way.target)
      return to === undefined ? [] : [{ label: ports.length === 1 ? '' : label, to }]
    })
    const plain = ways.length === 1 && ways[0]?.to === at + 2 && ports.length === 1
    return { node, number: at + 1, sentence: name === null ? sentence : [{ text: name, kind: 'strong' }], ways: plain ? [] : ways }
  })
}
