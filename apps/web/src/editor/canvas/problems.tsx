import type { Issue } from '@baton/engine'
import { IconAlertTriangle, IconChevronDown, IconChevronUp, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { Panel, useReactFlow } from '@xyflow/react'
import { useState } from 'react'
import { useKeys } from '../../shell/keys.ts'
import { isLack } from '../fresh.ts'
import { Later, ProblemList } from '../parts.tsx'
import { useEditor, useEditorStore } from '../store.ts'
import { goToProblem, showProblem } from './next-problem.ts'

const counted = (n: number, one: string) => `${n} ${n === 1 ? one : `${one}s`}`

/** What stands between this flow and its launch, bottom left. A press goes to the step. */
export function Problems({ flowId }: { flowId: string }) {
  const all = useEditor((state) => state.issues)
  const fresh = useEditor((state) => state.fresh)
  const known = useEditor((state) => state.checked === state.history.present)
  const any = useEditor((state) => state.history.present.nodes.length > 0)
  const store = useEditorStore()
  const flow = useReactFlow()
  const [open, setOpen] = useState(false)
  const issues = all.filter((it) => !isLack(fresh, it))
  const [lack] = all.length > issues.length ? all.filter((it) => isLack(fresh, it)) : []
  const errors = issues.filter((it) => it.severity === 'error')
  const warnings = issues.length - errors.length
  const first = errors[0] ?? issues[0]
  const show = (issue: Issue) => showProblem(store, flow, issue)
  useKeys([
    ['P', () => goToProblem(store, flow, 1)],
    ['shift+P', () => goToProblem(store, flow, -1)],
  ])
  if (!any) return null
  if (!first && !known) {
    return (
      <Panel position="bottom-left" className="float problems">
        <p className="small muted">Checking…</p>
      </Panel>
    )
  }
  const ask = () => {
    store.getState().settle()
    setOpen(true)
  }
  if (!first && lack) {
    return (
      <Panel position="bottom-left" className="float problems">
        <button type="button" aria-expanded={false} onClick={ask}>
          <span className="sum">
            <IconCircleDashed size={14} stroke={1.75} aria-hidden="true" />
            To be set up
          </span>
          <span className="small muted clip grow">{lack.say}</span>
          <IconChevronUp size={14} stroke={1.75} className="faint" aria-hidden="true" />
        </button>
      </Panel>
    )
  }
  if (!first) {
    return (
      <Panel position="bottom-left" className="float problems">
        <p>
          <span className="sum ok">
            <IconCircleCheck size={14} stroke={1.75} aria-hidden="true" />
            Ready to publish
          </span>
          <span className="small muted">Every check passes</span>
        </p>
      </Panel>
    )
  }
  return (
    <Panel position="bottom-left" className="float problems">
      {open && (
        <Later what="The list of problems">
          <ProblemList flowId={flowId} onShow={show} />
        </Later>
      )}
      <button type="button" aria-expanded={open} onClick={open ? () => setOpen(false) : ask}>
        <span className={errors.length > 0 ? 'sum danger' : 'sum warn'}>
          <IconAlertTriangle size={14} stroke={1.75} aria-hidden="true" />
          {[errors.length > 0 && counted(errors.length, 'error'), warnings > 0 && counted(warnings, 'warning')].filter(Boolean).join(', ')}
        </span>
        <span className="small muted clip grow">{first.say}</span>
        {open ? (
          <IconChevronDown size={14} stroke={1.75} className="faint" aria-hidden="true" />
        ) : (
          <IconChevronUp size={14} stroke={1.75} className="faint" aria-hidden="true" />
        )}
      </button>
    </Panel>
  )
}
