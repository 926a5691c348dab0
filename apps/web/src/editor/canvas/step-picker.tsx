import { Fragment, useEffect, useRef, useState } from 'react'
import { CategoryTile } from '../../ui/category-tile.tsx'
import { type Picker, useEditor, useEditorStore } from '../store.ts'
import { findLines, groupOf } from './presets.ts'

/** The list of steps that opens where one is wanted: each time anew, so that what was typed the last time is never in the way. */
export function StepPicker({ onClose }: { onClose: () => void }) {
  const picker = useEditor((state) => state.picker)
  return picker && <OpenPicker key={`${picker.x} ${picker.y}`} picker={picker} onClose={onClose} />
}

/** Typing filters, arrows and Enter choose, Esc closes. */
function OpenPicker({ picker, onClose }: { picker: Picker; onClose: () => void }) {
  const store = useEditorStore()
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (event.target instanceof globalThis.Node && !box.current?.contains(event.target)) store.getState().openPicker(null)
    }
    document.addEventListener('pointerdown', outside, true)
    return () => document.removeEventListener('pointerdown', outside, true)
  }, [store])
  useEffect(() => {
    box.current?.querySelector(`[data-at="${active}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const { target } = picker
  const starts = useEditor(
    ({ history: { present } }) =>
      // Behind a step nobody can come in, so starts are offered on the free canvas, and in the place of what nothing leads to.
      target.on === 'place' || (target.on === 'swap' && !present.edges.some((it) => it.target === target.node)),
  )
  const lines = findLines(text).filter((it) => starts || it.category !== 'trigger')
  const words = target.on === 'swap' ? 'Change into' : 'Add a step'
  const close = () => {
    store.getState().openPicker(null)
    onClose()
  }
  const pick = (at: number) => {
    const line = lines[at]
    if (!line) return
    store.getState().add(line, target)
    onClose()
  }
  const left = Math.max(8, Math.min(picker.x - 110, window.innerWidth - 236))
  const top = Math.max(8, Math.min(picker.y + 10, window.innerHeight - 348))
  return (
    <div className="step-picker" ref={box} style={{ left, top }}>
      <input
        // biome-ignore lint/a11y/noAutofocus: the list appears because somebody asked for it
        autoFocus
        className="pick-find"
        role="combobox"
        aria-label={words}
        aria-expanded="true"
        aria-controls="step-picker-list"
        aria-activedescendant={`step-picker-${active}`}
        placeholder={words}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setActive(0)
        }}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault()
            setActive((now) => Math.max(0, Math.min(lines.length - 1, now + (event.key === 'ArrowDown' ? 1 : -1))))
          } else if (event.key === 'Enter') pick(active)
          else if (event.key === 'Escape' || event.key === 'Tab') {
            event.preventDefault()
            close()
          }
        }}
      />
      <div className="pick-list" role="listbox" id="step-picker-list" aria-label="Steps">
        {lines.map((line, at) => {
          const Icon = line.preset.icon
          return (
            <Fragment key={line.id}>
              {/* Lines that fit what was typed stand by how well they fit, not by what they are. */}
              {text.trim() === '' && line.category !== lines[at - 1]?.category && <div className="pick-head">{groupOf(line.category)}</div>}
              {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys */}
              <div
                id={`step-picker-${at}`}
                data-at={at}
                className="pick-option"
                role="option"
                tabIndex={-1}
                aria-selected={at === active}
                onPointerEnter={() => setActive(at)}
                onClick={() => pick(at)}
              >
                <CategoryTile category={line.category} size="s">
                  <Icon stroke={1.75} />
                </CategoryTile>
                <span className="grow">{line.preset.label}</span>
              </div>
            </Fragment>
          )
        })}
        {lines.length === 0 && <div className="pick-none">No step is called “{text}”.</div>}
      </div>
    </div>
  )
}
