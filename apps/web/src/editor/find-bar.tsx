import './find-bar.css'
import { IconSearch, IconX } from '@tabler/icons-react'
import { useReactFlow } from '@xyflow/react'
import { useLayoutEffect, useMemo, useRef, useState } from 'react'
import { IconButton } from '../ui/button.tsx'
import { findSteps } from './find.ts'
import { boxOf } from './geometry.ts'
import { glide } from './glide.ts'
import { useEditor, useEditorStore } from './store.ts'
import { focusFlow } from './view.ts'

/**
 * Ctrl F: steps of this flow by text, kind, or what they use. Enter goes to the next, Shift Enter back, Esc closes. Never loaded later: until
 * the field has the focus, letters would go to the canvas, where they are commands.
 */
export function FindBar() {
  const store = useEditorStore()
  const flow = useReactFlow()
  const graph = useEditor((state) => state.history.present)
  const catalog = useEditor((state) => state.catalog)
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const field = useRef<HTMLInputElement>(null)
  const found = useMemo(() => findSteps(graph, catalog, text), [graph, catalog, text])
  const now = found.length === 0 ? 0 : Math.min(at, found.length - 1)
  const asked = useEditor((state) => state.finding)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time it is asked for
  useLayoutEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [asked])

  const show = (next: number) => {
    const hit = found[next]
    const node = graph.nodes.find((it) => it.id === hit?.id)
    setAt(next)
    if (!node) return
    store.getState().reveal([node.id])
    store.getState().select([node.id])
    const { x, y, width, height } = boxOf(node)
    void flow.setCenter(x + width / 2, y + height / 2, { zoom: Math.max(0.7, flow.getZoom()), duration: glide(260) })
  }
  const close = () => {
    store.getState().find(false)
    focusFlow()
  }
  return (
    <search className="float find-bar">
      <div className="find-row">
        <IconSearch size={14} stroke={1.75} aria-hidden="true" />
        <input
          ref={field}
          aria-label="Find in this flow"
          placeholder="A step, a field, a template …"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setAt(-1)
          }}
          onKeyDown={(event) => {
            event.stopPropagation()
            const step = event.key === 'ArrowUp' || (event.key === 'Enter' && event.shiftKey) ? -1 : 1
            if (event.key === 'Enter' || event.key === 'ArrowDown' || event.key === 'ArrowUp') {
              event.preventDefault()
              if (found.length > 0) show(at < 0 ? (step > 0 ? 0 : found.length - 1) : (now + step + found.length) % found.length)
            } else if (event.key === 'Escape') close()
          }}
        />
        <span className="small faint" aria-live="polite">
          {text.trim() === '' ? '' : found.length === 0 ? 'none' : at < 0 ? `${found.length}` : `${now + 1} of ${found.length}`}
        </span>
        <IconButton size="small" label="Close the search" keys="Esc" icon={<IconX size={14} stroke={1.75} />} onClick={close} />
      </div>
      {found.length > 0 && (
        <ol className="find-list">
          {found.map((it, i) => (
            <li key={it.id}>
              <button type="button" aria-current={i === at} onClick={() => show(i)}>
                <span className="clip">{it.words}</span>
                {it.because !== '' && <span className="small faint clip">{it.because}</span>}
              </button>
            </li>
          ))}
        </ol>
      )}
      {text.trim() !== '' && found.length === 0 && (
        <p className="find-none small muted">Nothing in this flow says or uses “{text.trim()}”.</p>
      )}
    </search>
  )
}
