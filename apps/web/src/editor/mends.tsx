import type { FlowGraph, Issue } from '@baton/engine'
import { Link } from '@tanstack/react-router'
import { useMay } from '../shell/person.ts'
import { Button } from '../ui/button.tsx'
import { paletteLines } from './canvas/presets.ts'
import { addStep } from './steps.ts'
import { type EditorStore, useEditorStore } from './store.ts'

/** A way out of a step. */
interface Way {
  node: string
  port: string
}

/** What a way is ended with. */
const END = paletteLines.find((it) => it.preset.ends === true)

/** The ways out of steps of this graph that these problems say to lead nowhere. */
export function openWays(issues: readonly Issue[], graph: FlowGraph): Way[] {
  const here = new Set(graph.nodes.map((it) => it.id))
  return issues.flatMap(({ code, nodes: [node], path }) =>
    code === 'port-open' && node !== undefined && here.has(node) && path?.startsWith('port.') ? [{ node, port: path.slice(5) }] : [],
  )
}

/** Puts an end behind each of these ways, as one step of undo. */
function endWays(store: EditorStore, ways: readonly Way[]): void {
  if (!END) return
  store.getState().edit((graph) => ways.reduce((now, way) => addStep(now, END, { on: 'port', ...way }).graph, graph))
}

type EndProps = { ways: readonly Way[]; busy?: boolean; primary?: boolean; onDone?: (() => void) | undefined }

/** Mends ways that lead nowhere: people finish there. Nothing where none does. */
export function EndHere({ ways, busy = false, primary = false, onDone }: EndProps) {
  const store = useEditorStore()
  if (ways.length === 0 || !END) return null
  return (
    <Button
      size={primary ? undefined : 'small'}
      look={primary ? 'primary' : 'default'}
      busy={busy}
      icon={<END.preset.icon size={14} stroke={1.75} />}
      {...(primary ? { 'data-autofocus': true } : {})}
      onClick={() => {
        endWays(store, ways)
        onDone?.()
      }}
    >
      {ways.length === 1 ? `End here: ${END.preset.label}` : `End all ${ways.length} here: ${END.preset.label}`}
    </Button>
  )
}

/** Where what lies around a flow is mended, for who may. */
export function MendAround({ issue }: { issue: Pick<Issue, 'code'> }) {
  const admin = useMay('admin')
  if (issue.code !== 'mail-unset' || !admin) return null
  return (
    <Link to="/settings/workspace" className="small">
      Open the settings of the workspace
    </Link>
  )
}
