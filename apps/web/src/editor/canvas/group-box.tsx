import { type FlowGroup, setGroup, ungroup } from '@baton/engine'
import { IconChevronDown, IconChevronRight, IconX } from '@tabler/icons-react'
import { Handle, type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import { IconButton } from '../../ui/button.tsx'
import { foldNumber, fullNumber } from '../../ui/numbers.ts'
import { useEditor, useEditorStore } from '../store.ts'
import { focusFlow } from '../view.ts'
import type { FoldedNode, FrameNode } from './elements.ts'
import { crossing } from './groups.ts'

const stepWords = (n: number) => (n === 1 ? '1 step' : `${fullNumber(n)} steps`)

/** The name of a group while it is written. */
function GroupName({ group: { id, name } }: { group: Pick<FlowGroup, 'id' | 'name'> }) {
  const store = useEditorStore()
  const done = (text: string) => {
    const next = text.trim()
    // Leaving the field says it again after Enter.
    if (store.getState().naming !== id) return
    store.getState().name(null)
    if (next !== '') store.getState().edit((graph) => setGroup(graph, id, { name: next }))
  }
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked for it
      autoFocus
      className="frame-name nodrag"
      aria-label="Name of the group"
      maxLength={120}
      defaultValue={name}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => done(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Enter') done(event.currentTarget.value)
        else if (event.key === 'Escape') store.getState().name(null)
        else return
        event.preventDefault()
        focusFlow()
      }}
    />
  )
}

/** The dashed frame around a group, with its name: pull it by the name, and all in it moves along. */
export const FrameBox = memo(function FrameBox({ data: { group, steps } }: NodeProps<FrameNode>) {
  const store = useEditorStore()
  const readOnly = useEditor((state) => state.readOnly)
  const naming = useEditor((state) => state.naming === group.id)
  const chooseAll = () =>
    store.getState().select(store.getState().history.present.nodes.flatMap((it) => (it.parentId === group.id ? [it.id] : [])))
  return (
    <section className="frame-box" aria-label={`Group ${group.name}, ${stepWords(steps)}`}>
      <header className="frame-head">
        <IconButton
          size="small"
          label={`Fold ${group.name}`}
          className="nodrag"
          icon={<IconChevronDown size={14} stroke={1.75} />}
          onClick={() => store.getState().fold(group.id, true)}
        />
        {naming ? (
          <GroupName group={group} />
        ) : (
          <button
            type="button"
            className="frame-title clip"
            title={readOnly ? undefined : 'Press to choose all steps in it, twice or F2 to name it'}
            onClick={chooseAll}
            onDoubleClick={() => store.getState().name(group.id)}
          >
            {group.name}
          </button>
        )}
        {!readOnly && (
          <IconButton
            size="small"
            label={`Take the group ${group.name} away; its steps stay`}
            className="nodrag frame-away"
            icon={<IconX size={14} stroke={1.75} />}
            onClick={() => store.getState().edit((graph) => ungroup(graph, [group.id]))}
          />
        )}
      </header>
    </section>
  )
})

/** A folded group: its name, how much is in it, and in Live how many came in and went out. */
export const FoldedCard = memo(function FoldedCard({ data: { group, name, ids }, selected }: NodeProps<FoldedNode>) {
  const store = useEditorStore()
  const naming = useEditor((state) => state.naming === group)
  const counts = useEditor((state) => state.counts)
  const graph = useEditor((state) => (state.counts ? state.history.present : null))
  const through = counts && graph ? crossing(graph, group, (id, port) => counts.get(id)?.ports[port] ?? 0) : undefined
  return (
    <article className={`node folded${selected ? ' selected' : ''}`} aria-label={`Group ${name}, folded, ${stepWords(ids.length)}`}>
      <Handle className="entry" type="target" position={Position.Top} isConnectable={false} />
      <div className="body">
        <IconButton
          size="small"
          label={`Unfold ${name}`}
          className="nodrag"
          icon={<IconChevronRight size={14} stroke={1.75} />}
          onClick={() => store.getState().fold(group, false)}
        />
        <div className="words">
          {naming ? (
            <GroupName group={{ id: group, name }} />
          ) : (
            <p className="say" dir="auto">
              <b>{name}</b>
            </p>
          )}
          <p className="small muted">
            {stepWords(ids.length)}
            {through && `, ${foldNumber(through.into)} in, ${foldNumber(through.out)} out`}
          </p>
        </div>
      </div>
      <Handle className="way" type="source" id="out" position={Position.Bottom} isConnectable={false} />
    </article>
  )
})
