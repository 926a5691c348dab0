import { FlowSketch } from '../../drawing/flow-sketch.tsx'
import { needsLine } from './needs-list.tsx'
import { type Programme, PURPOSES } from './queries.ts'

/** A programme in the gallery: its picture, what it is called, when to use it. */
export function ProgrammeCard({ programme, onOpen }: { programme: Programme; onOpen: () => void }) {
  const { name, when, purpose, graph, needs } = programme
  return (
    <button type="button" className="programme" onClick={onOpen}>
      <FlowSketch graph={graph} className="programme-sketch" />
      <span className="programme-words">
        <span className="micro faint">{PURPOSES.find((it) => it.value === purpose)?.words}</span>
        <b>{name}</b>
        <span className="muted">{when}</span>
        <span className="small faint">
          {graph.nodes.length} steps, {needsLine(needs)}
        </span>
      </span>
    </button>
  )
}
