import './problem-list.css'
import { type Issue, issueKey } from '@baton/engine'
import { IconAlertTriangle, IconExclamationCircle } from '@tabler/icons-react'
import { cardOf } from '../nodes/registry.ts'
import { EndHere, MendAround, openWays } from './mends.tsx'
import { ReasonField, useReasons } from './reason-field.tsx'
import { useEditor, useEditorStore } from './store.ts'

/** Which step a problem is about, where it is about one. */
function Where({ nodes }: { nodes: readonly string[] }) {
  const type = useEditor((state) => (nodes.length === 1 ? state.history.present.nodes.find((it) => it.id === nodes[0])?.type : undefined))
  const title = type === undefined ? undefined : cardOf(type)?.title
  return title === undefined ? null : <b>{title}. </b>
}

/** Every problem of the draft: a press goes to its steps; a warning takes a reason why it may stand. */
export default function ProblemList({ flowId, onShow }: { flowId: string; onShow: (issue: Issue) => void }) {
  const issues = useEditor((state) => state.issues)
  const writable = useEditor((state) => !state.readOnly)
  const store = useEditorStore()
  const { reasons, save } = useReasons(flowId)
  return (
    <ol aria-label="Problems">
      {issues.map((it) => {
        const key = issueKey(it)
        return (
          <li key={key}>
            <button type="button" className="problem" onClick={() => onShow(it)}>
              {it.severity === 'error' ? (
                <IconAlertTriangle size={16} stroke={1.75} className="danger" aria-label="Error" />
              ) : (
                <IconExclamationCircle size={16} stroke={1.75} className="warn" aria-label="Warning" />
              )}
              <span>
                <Where nodes={it.nodes} />
                {it.say}
              </span>
            </button>
            {writable && it.severity === 'error' && (
              <div className="mend">
                <EndHere ways={openWays([it], store.getState().history.present)} />
              </div>
            )}
            {it.around && (
              <div className="mend">
                <MendAround issue={it} />
              </div>
            )}
            {it.severity === 'warning' && !it.around && reasons && (
              <ReasonField about={it.say} given={reasons[key] ?? null} writable={writable} onSave={(reason) => save(key, reason)} />
            )}
          </li>
        )
      })}
    </ol>
  )
}
