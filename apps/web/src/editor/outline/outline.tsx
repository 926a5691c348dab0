import './outline.css'
import '../canvas/slot.css'
import '../canvas/canvas.css'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import type { Place } from '../canvas/canvas.tsx'
import { StepPicker } from '../canvas/step-picker.tsx'
import { boxOf } from '../geometry.ts'
import { useLiveClick } from '../live/live-click.ts'
import { useEditor, useEditorStore } from '../store.ts'
import { placeFor } from './keep-in-view.ts'
import { NoteDialog } from './note-dialog.tsx'
import { OutlineBar } from './outline-bar.tsx'
import { OutlineRow } from './outline-row.tsx'
import { RowMenu } from './row-menu.tsx'
import { useTrail } from './trail.ts'
import { choiceOf, type Row, stepKey } from './tree.ts'
import { useDeeds } from './use-deeds.ts'
import { useEnter, useOutlineKeys } from './use-keys.ts'
import { useOutline } from './use-outline.ts'
import { stepWords } from './words.ts'

const HEIGHT = 34
/** Under the last line: what floats at the foot must not cover it. */
const FOOT = 56

type Props = {
  /** Takes the focus to what there is about what is chosen, to its form or what is said of it; null where there is nothing. */
  onEdit: (() => void) | null
  /** Where the canvas was left, and where it comes back. */
  place: { current: Place | null }
  /** Beside the lines: in Live how the flow is doing, in Simulate who walks. */
  side?: ReactNode
  children?: ReactNode
}

/** The same flow as a tree of lines: all that the canvas does, without a mouse and without seeing it. */
export default function Outline({ onEdit, place, side, children }: Props) {
  const store = useEditorStore()
  const tree = useRef<HTMLDivElement>(null)
  const scroll = useRef<HTMLDivElement>(null)
  const readOnly = useEditor((state) => state.readOnly)
  const live = useEditor((state) => state.counts !== null)
  const selected = useEditor((state) => state.selected)
  const port = useEditor((state) => state.port)
  const people = useLiveClick()
  const view = useOutline(tree)
  const { rows, now } = view
  const placeOf = (key: string) => {
    const row = tree.current?.querySelector(`[data-key="${CSS.escape(key)}"]`)?.getBoundingClientRect()
    return { x: (row?.left ?? 0) + 180, y: (row?.bottom ?? 160) - 8 }
  }
  const deeds = useDeeds(view, onEdit, placeOf)
  const enter = useEnter(view, deeds, live ? (node) => people(node, 'passed') : null)
  const [menu, setMenu] = useState<{ row: Row; x: number; y: number } | null>(null)
  const openMenu = (row: Row, at: { x: number; y: number }) => {
    if (readOnly || row.what.is === 'part') return
    if (!isChosen(row, selected, port)) view.choose(row)
    setMenu({ row, ...at })
  }
  const trail = useTrail()
  const keys = useOutlineKeys(view, deeds, enter, (row) => openMenu(row, placeOf(row.key)), trail !== null)
  // Where somebody walks to is brought into view; the focus stays where it is.
  const here = trail?.here ?? null
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the walk only
  useEffect(() => {
    if (here !== null) view.goTo(stepKey(here))
  }, [here])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => HEIGHT,
    overscan: 16,
    scrollPaddingEnd: FOOT,
    // The line that Tab reaches is always there to be reached.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range)
      return now < rows.length && !shown.includes(now) ? [...shown, now].sort((a, b) => a - b) : shown
    },
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: where the focus goes, the view follows
  useEffect(() => {
    if (now < rows.length) virtual.scrollToIndex(now)
  }, [now])
  const area = useRef<HTMLElement>(null)
  useLayoutEffect(
    () => () => {
      const { history, selected } = store.getState()
      const [id] = selected
      const node = history.present.nodes.find((it) => it.id === id)
      const frame = area.current?.getBoundingClientRect()
      if (node && frame && place.current) place.current = placeFor(place.current, boxOf(node), frame)
    },
    [store, place],
  )
  const begun = (row: Row) =>
    row.what.is === 'step' && (deeds.lifted.includes(row.what.node.id) || deeds.linking?.node === row.what.node.id)
  return (
    <section ref={area} className="outline" aria-label="Outline of the flow">
      {side !== undefined && <div className="ol-side">{side}</div>}
      <div className="ol-main">
        <OutlineBar view={view} deeds={deeds} readOnly={readOnly} onMenu={openMenu} />
        <div className="ol-scroll" ref={scroll}>
          {rows.length === 0 ? (
            readOnly && <p className="ol-none muted">There are no steps in this flow.</p>
          ) : (
            <div
              ref={tree}
              role="tree"
              aria-label="Steps of the flow"
              aria-multiselectable="true"
              className="ol-tree"
              style={{ height: virtual.getTotalSize() + FOOT }}
              onKeyDown={keys.onKeyDown}
              onCopy={keys.onCopy}
              onCut={keys.onCut}
              onPaste={keys.onPaste}
            >
              {virtual.getVirtualItems().map(({ index, start }) => {
                const row = rows[index]
                return (
                  row && (
                    <OutlineRow
                      key={row.key}
                      row={row}
                      top={start}
                      active={index === now}
                      chosen={isChosen(row, selected, port)}
                      begun={begun(row)}
                      naming={deeds.naming === row.key}
                      editable={!readOnly}
                      onPick={keys.onPick}
                      onOpen={(it) => view.open(it.key, it.open === false)}
                      onEnter={enter}
                      onMenu={openMenu}
                      onName={deeds.rename}
                    />
                  )
                )
              })}
            </div>
          )}
        </div>
        <Begun deeds={deeds} />
        {children}
      </div>
      <StepPicker onClose={view.focus} />
      {menu && <RowMenu key={menu.row.key} at={menu} deeds={deeds} onClose={() => setMenu(null)} onDone={view.focus} />}
      {deeds.noting !== null && <NoteDialog node={deeds.noting} onClose={deeds.noteDone} />}
      <p className="unseen" aria-live="polite">
        {deeds.said}
      </p>
    </section>
  )
}

/** Whether what a line stands for is chosen, here or on the canvas. */
function isChosen({ what }: Row, selected: ReadonlySet<string>, port: string | null): boolean {
  const choice = choiceOf(what)
  if (choice.ids.length === 0 || !choice.ids.every((id) => selected.has(id))) return false
  return what.is === 'step' || what.is === 'note' ? true : what.is !== 'group' && choice.port === port
}

/** What was begun and waits for a place: a way that is being led on, steps that are being moved. */
function Begun({ deeds }: { deeds: ReturnType<typeof useDeeds> }) {
  const { linking, lifted } = deeds
  const words = useEditor(({ history: { present }, catalog }) => {
    const id = linking?.node ?? lifted[0]
    const node = present.nodes.find((it) => it.id === id)
    if (!node) return null
    if (linking) return `Where does “${stepWords(node, catalog)}” lead?`
    return lifted.length === 1
      ? `Behind which step shall “${stepWords(node, catalog)}” come?`
      : `Behind which step shall ${lifted.length} steps come?`
  })
  return (
    <div className="ol-begun-place" aria-live="polite">
      {words !== null && (
        <div className="float ol-begun">
          <span className="clip">
            <b>{words}</b> <span className="muted">Press its line, or go there and press Enter.</span>
          </span>
          <Button size="small" keys="Esc" onClick={deeds.drop}>
            Leave it
          </Button>
        </div>
      )}
    </div>
  )
}
