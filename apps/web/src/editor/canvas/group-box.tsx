import { setGroup, ungroup } from '@baton/engine'
import { IconChevronDown, IconChevronRight, IconX } from '@tabler/icons-react'
import { Handle, type NodeProps, Position } from '@xyflow/react'
import { memo, useState } from 'react'
import { IconButton } from '../../ui/button.tsx'
import { foldNumber, fullNumber } from '../../ui/numbers.ts'
import { useEditor, useEditorStore } from '../store.ts'
import type { FoldedNode, FrameNode } from './elements.ts'
import { crossing } from './groups.ts'

const stepWords = (n: number) => (n === 1 ? '1 step' : `${fullNumber(n)} steps`)

/** The dashed frame around a group, with its name: pull it by the name, and all in it moves along. */
export const FrameBox = memo(function FrameBox({ data: { group, steps } }: NodeProps<FrameNode>) {
  const store = useEditorStore()
  const readOnly = useEditor((state) => state.readOnly)
  const [naming, setNaming] = useState(false)
  const chooseAll = () =>
    store.getState().select(store.getState().history.present.nodes.flatMap((it) => (it.parentId === group.id ? [it.id] : [])))
  const rename = (name: string) => {
    setNaming(false)
    const next = name.trim()
    if (next !== '') store.getState().edit((graph) => setGroup(graph, group.id, { name: next }))
  }
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
          <input
            // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked for it
            autoFocus
            className="frame-name nodrag"
            aria-label="Name of the group"
            maxLength={120}
            defaultValue={group.name}
            onFocus={(event) => event.currentTarget.select()}
            onBlur={(event) => rename(event.currentTarget.value)}
            onKeyDown={(event) => {
              event.stopPropagation()
              if (event.key === 'Enter') rename(event.currentTarget.value)
              else if (event.key === 'Escape') setNaming(false)
            }}
          />
        ) : (
          <button
            type="button"
            className="frame-title clip"
            title={readOnly ? undefined : 'Press to choose all steps in it, twice to name it'}
            onClick={chooseAll}
            onDoubleClick={() => !readOnly && setNaming(true)}
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
export const FoldedCard = memo(function FoldedCard({ data: { group, name, steps } }: NodeProps<FoldedNode>) {
  const store = useEditorStore()
  const counts = useEditor((state) => state.counts)
  const graph = useEditor((state) => (state.counts ? state.history.present : null))
  const through = counts && graph ? crossing(graph, group, (id, port) => counts.get(id)?.ports[port] ?? 0) : undefined
  return (
    <article className="node folded" aria-label={`Group ${name}, folded, ${stepWords(steps)}`}>
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
          <p className="say" dir="auto">
            <b>{name}</b>
          </p>
          <p className="small muted">
            {stepWords(steps)}
            {through && `, ${foldNumber(through.into)} in, ${foldNumber(through.out)} out`}
          </p>
        </div>
      </div>
      <Handle className="way" type="source" id="out" position={Position.Bottom} isConnectable={false} />
    </article>
  )
})
