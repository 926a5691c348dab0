import './palette.css'
import { kindOf } from '@baton/engine'
import { IconChevronDown, IconChevronUp, IconSearch } from '@tabler/icons-react'
import { useReactFlow } from '@xyflow/react'
import { type PointerEvent, type RefObject, useRef, useState } from 'react'
import { CategoryTile } from '../ui/category-tile.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { findLines, GROUPS, type PaletteLine } from './canvas/presets.ts'
import { naturalTarget, type Target } from './steps.ts'
import { useEditor, useEditorStore } from './store.ts'

/** From here on a press is a drag. */
const DRAG = 4

/** All steps by category, left. Drag one onto the canvas, or press it (Enter, Space) to add it behind the chosen step. */
export function Palette({ find }: { find: RefObject<HTMLInputElement | null> }) {
  const [text, setText] = useState('')
  const [whole, setWhole] = useState(false)
  const [ghost, setGhost] = useState<{ line: PaletteLine; x: number; y: number } | null>(null)
  const store = useEditorStore()
  const flow = useReactFlow()
  const press = useRef<{ x: number; y: number; dragged: boolean } | null>(null)
  const lines = findLines(text)
  // Once people come in, what comes next stands first.
  const begun = useEditor((state) => state.history.present.nodes.some((it) => kindOf(it.type)?.category === 'trigger'))
  const groups = begun ? [...GROUPS.filter((it) => it.category !== 'trigger'), ...GROUPS.filter((it) => it.category === 'trigger')] : GROUPS

  const addBehind = (line: PaletteLine) => {
    const frame = document.querySelector('.canvas')?.getBoundingClientRect()
    const centre = flow.screenToFlowPosition({
      x: (frame?.left ?? 0) + (frame?.width ?? 0) / 2,
      y: (frame?.top ?? 0) + (frame?.height ?? 0) / 2,
    })
    const { history, selected, port, add } = store.getState()
    const start = line.category === 'trigger'
    add(line, start ? { on: 'place', at: { x: centre.x - 112, y: centre.y - 28 } } : naturalTarget(history.present, selected, port, centre))
  }
  const drop = (line: PaletteLine, x: number, y: number) => {
    const under = document.elementsFromPoint(x, y)
    if (!under.some((it) => it.closest('.canvas'))) return
    const way = under.map((it) => it.closest<HTMLElement>('.react-flow__edge')).find((it) => it !== null)
    const at = flow.screenToFlowPosition({ x, y })
    const target: Target =
      way?.dataset.id === undefined ? { on: 'place', at: { x: at.x - 112, y: at.y - 28 } } : { on: 'edge', edge: way.dataset.id }
    store.getState().add(line, target)
  }
  const onDown = (event: PointerEvent<HTMLButtonElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    press.current = { x: event.clientX, y: event.clientY, dragged: false }
  }
  const onMove = (event: PointerEvent, line: PaletteLine) => {
    const from = press.current
    if (!from) return
    if (!from.dragged && Math.hypot(event.clientX - from.x, event.clientY - from.y) < DRAG) return
    from.dragged = true
    setGhost({ line, x: event.clientX, y: event.clientY })
  }
  const onUp = (event: PointerEvent, line: PaletteLine) => {
    setGhost(null)
    if (press.current?.dragged) drop(line, event.clientX, event.clientY)
  }
  const GhostIcon = ghost?.line.preset.icon
  return (
    <aside
      className="panel l palette"
      aria-label="Steps"
      onKeyDown={(event) => {
        // As on the canvas: a step that was added is chosen until somebody wants nothing chosen.
        if (event.key === 'Escape' && text === '') store.getState().select([])
      }}
    >
      <div className="find">
        <IconSearch size={14} stroke={1.75} aria-hidden="true" />
        <input
          ref={find}
          type="search"
          aria-label="Add a step"
          placeholder="Add a step"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            const [line] = lines
            if (event.key === 'Enter' && line && text !== '') {
              addBehind(line)
              setText('')
            } else if (event.key === 'Escape') setText('')
          }}
        />
        {text === '' && <Kbd keys="K" />}
      </div>
      <div className="palette-groups">
        {groups.map(({ category, words }) => {
          const all = lines.filter((it) => it.category === category)
          if (all.length === 0) return null
          const rare = text === '' ? all.filter((it) => it.preset.rare).length : 0
          const own = rare > 0 && !whole ? all.filter((it) => !it.preset.rare) : all
          return (
            <section key={category} aria-label={words}>
              <h2>{begun && category === 'trigger' ? 'Another start' : words}</h2>
              {own.map((line) => {
                const Icon = line.preset.icon
                return (
                  <button
                    key={line.id}
                    type="button"
                    className="palette-line"
                    onPointerDown={onDown}
                    onPointerMove={(event) => onMove(event, line)}
                    onPointerUp={(event) => onUp(event, line)}
                    onPointerCancel={() => {
                      press.current = null
                      setGhost(null)
                    }}
                    onClick={() => {
                      const { dragged } = press.current ?? { dragged: false }
                      press.current = null
                      if (!dragged) addBehind(line)
                    }}
                  >
                    <CategoryTile category={category} size="s">
                      <Icon stroke={1.75} />
                    </CategoryTile>
                    {line.preset.label}
                  </button>
                )
              })}
              {rare > 0 && (
                <button type="button" className="palette-line palette-more" aria-expanded={whole} onClick={() => setWhole(!whole)}>
                  {whole ? <IconChevronUp size={14} stroke={1.75} /> : <IconChevronDown size={14} stroke={1.75} />}
                  {whole ? 'Fewer' : `${rare} more`}
                </button>
              )}
            </section>
          )
        })}
        {lines.length === 0 && <p className="small muted palette-none">No step is called “{text}”.</p>}
      </div>
      {ghost && GhostIcon && (
        <div className="palette-ghost" style={{ transform: `translate(${ghost.x - 112}px, ${ghost.y - 28}px)` }} aria-hidden="true">
          <CategoryTile category={ghost.line.category}>
            <GhostIcon stroke={1.75} />
          </CategoryTile>
          {ghost.line.preset.label}
        </div>
      )}
    </aside>
  )
}
