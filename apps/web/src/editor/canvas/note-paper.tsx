import { setNote } from '@baton/engine'
import type { NodeProps } from '@xyflow/react'
import { memo, useRef, useState } from 'react'
import { DateText } from '../../ui/date-text.tsx'
import { useEditor, useEditorStore } from '../store.ts'
import { nextVisit } from '../use-gesture.ts'
import type { NoteNode } from './elements.ts'

/** A note on the canvas: pull it anywhere, press it twice (or write at once when it is new) to change its words. */
export const NotePaper = memo(function NotePaper({ id, data: { note }, selected }: NodeProps<NoteNode>) {
  const store = useEditorStore()
  const readOnly = useEditor((state) => state.readOnly)
  // The canvas hands a note's words back a moment later: what is being typed is kept here, or letters would be lost.
  const [text, setText] = useState<string | null>(note.text === '' && !readOnly ? '' : null)
  // Writing from coming to the note until leaving it is one step of undo.
  const visit = useRef(0)
  return (
    <aside
      className={`note-paper${selected ? ' selected' : ''}`}
      aria-label="Note"
      onDoubleClick={() => setText(readOnly ? null : note.text)}
    >
      {text !== null ? (
        <textarea
          // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked for it
          autoFocus
          className="nodrag nopan nowheel"
          aria-label="Text of the note"
          placeholder="Write a note"
          maxLength={5000}
          rows={Math.max(3, text.split('\n').length)}
          value={text}
          onChange={(event) => {
            const next = event.currentTarget.value
            setText(next)
            store.getState().edit((graph) => setNote(graph, id, { text: next }), `note ${visit.current}`)
          }}
          onFocus={() => {
            visit.current = nextVisit()
          }}
          onBlur={() => setText(null)}
          onKeyDown={(event) => {
            event.stopPropagation()
            if (event.key !== 'Escape') return
            setText(null)
            document.querySelector<HTMLElement>('.canvas')?.focus()
          }}
        />
      ) : (
        <p>{note.text === '' ? 'An empty note' : note.text}</p>
      )}
      {(note.by !== undefined || note.at !== undefined) && (
        <footer>
          {note.by}
          {note.by !== undefined && note.at !== undefined && ', '}
          {note.at !== undefined && <DateText at={note.at} />}
        </footer>
      )}
    </aside>
  )
})
