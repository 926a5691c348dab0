import { conditionSentence } from '@baton/engine'
import { IconDoorExit } from '@tabler/icons-react'
import { Panel } from '@xyflow/react'
import { useEditor, useEditorStore } from './store.ts'

/** What holds wherever people stand: the rule by which everybody leaves, top right of the flow. A press shows it in the settings. */
export default function AlwaysCard() {
  const store = useEditorStore()
  const rule = useEditor((state) => state.history.present.settings.exitWhen)
  const leaving = useEditor((state) => state.history.present.settings.onLeavingSegment === 'leave')
  const catalog = useEditor((state) => state.catalog)
  const ruled = rule !== undefined && rule.rules.length > 0
  if (!ruled && !leaving) return null
  return (
    <Panel position="top-right" className="float always">
      <button type="button" onClick={() => store.getState().select([])}>
        <IconDoorExit size={16} stroke={1.75} className="faint" aria-hidden="true" />
        <span>
          <span className="small muted">Always</span>
          {ruled && (
            <span className="line">
              Leaves once{' '}
              {conditionSentence(rule, catalog).map((part, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: parts of a sentence are positions
                <span key={at} className={part.kind}>
                  {part.text}{' '}
                </span>
              ))}
            </span>
          )}
          {leaving && <span className="line">Leaves with the segment they came by</span>}
        </span>
      </button>
    </Panel>
  )
}
