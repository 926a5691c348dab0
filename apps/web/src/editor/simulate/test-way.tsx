import './tests.css'
import type { Catalog, FlowGraph, TestOutcome } from '@baton/engine'
import { faceOf } from '../../pages/contacts/passage-steps.ts'
import { testEndWords } from './words.ts'

type Outcome = Pick<TestOutcome, 'way' | 'expected' | 'differsAt' | 'end' | 'endExpected'>
type Props = { outcome: Outcome; graph: FlowGraph; catalog: Catalog }

/** Steps before the first that differs that are shown: enough to know where one is. */
const BEFORE = 2

/** The way that was expected beside the way that was taken, from shortly before they part. */
export function Difference({ outcome, graph, catalog }: Props) {
  const { way, expected, differsAt, end, endExpected } = outcome
  const face = (node: string) => faceOf({ flowId: '', version: 0, nodes: graph.nodes }, node, catalog)
  const words = (step: { node: string; port?: string | undefined } | undefined) => {
    if (!step) return '–'
    const { name, portName } = face(step.node)
    return step.port === undefined || step.port === 'end' || step.port === 'out' ? name : `${name}: ${portName(step.port)}`
  }
  const from = Math.max(0, (differsAt ?? 0) - BEFORE)
  const rows = differsAt === null ? [] : Array.from({ length: Math.max(way.length, expected.length) - from }, (_, i) => from + i)
  return (
    <table className="way-table">
      <caption className="unseen">The way expected and the way taken</caption>
      <thead>
        <tr>
          <th scope="col">Expected</th>
          <th scope="col">Went</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((i) => (
          <tr key={i} className={i === differsAt ? 'differs' : undefined}>
            <td>{words(expected[i])}</td>
            <td>
              {i === differsAt && <span className="unseen">Differs: </span>}
              {words(way[i])}
            </td>
          </tr>
        ))}
        {endExpected && (
          <tr className={differsAt === null ? 'differs' : undefined}>
            <td>{testEndWords(endExpected, (node) => face(node).name)}</td>
            <td>{testEndWords(end, (node) => face(node).name)}</td>
          </tr>
        )}
      </tbody>
    </table>
  )
}
