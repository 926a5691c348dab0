import type { FlowGraph } from '@baton/engine'
import { useEffect, useState } from 'react'
import type { EditorStore } from '../store.ts'
import { standsFor } from './groups.ts'

/** What a menu was asked for, and where in the window. */
export interface Asked {
  x: number
  y: number
  over: 'steps' | 'way' | 'canvas'
}

/** Above this a press has become a pull: with the right button that moves the canvas. */
const PRESS = 4
const ON_CANVAS = '.react-flow__node, .react-flow__edge, .react-flow__pane, .react-flow__nodesselection-rect'
const OWN_MENU = 'input, textarea, [contenteditable]'

/** What the browser names: anything but the flow itself keeps the browser's own menu. */
function partOf(target: EventTarget | null): Element | null {
  if (!(target instanceof Element) || target.closest(OWN_MENU)) return null
  return target.closest(ON_CANVAS) ?? (target.matches('.canvas') ? target : null)
}

/** Chooses what the menu is about, unless it is among what is chosen. */
function chooseFor(store: EditorStore, part: Element): Asked['over'] {
  const { selected, select, selectEdge, history } = store.getState()
  const id = part.getAttribute('data-id')
  if (part.matches('.react-flow__node') && id !== null) {
    if (!allChosen(history.present, id, selected)) select(standsFor(history.present, id))
    return 'steps'
  }
  if (part.matches('.react-flow__edge') && id !== null) {
    selectEdge(id)
    return 'way'
  }
  if (part.matches('.react-flow__nodesselection-rect')) return 'steps'
  // By key, the choice stays.
  if (part.matches('.canvas')) return selected.size > 0 ? 'steps' : store.getState().edge === null ? 'canvas' : 'way'
  select([])
  return 'canvas'
}

const allChosen = (graph: FlowGraph, id: string, selected: ReadonlySet<string>) => standsFor(graph, id).every((it) => selected.has(it))

/** Beside what is chosen, else in the middle of the canvas. */
function keyPlace(canvas: Element) {
  const card = canvas.querySelector('.react-flow__node.selected')?.getBoundingClientRect()
  if (card) return { x: card.left + card.width / 2, y: card.bottom }
  const { left, top, width, height } = canvas.getBoundingClientRect()
  return { x: left + width / 2, y: top + height / 2 }
}

/** The menu of the canvas that was asked for: by a press of the right button, a long one of a finger, or the key for it. */
export function useAskedMenu(store: EditorStore): [asked: Asked | null, close: () => void] {
  const [asked, setAsked] = useState<Asked | null>(null)
  useEffect(() => {
    let pressed: PointerEvent | null = null
    const ask = (part: Element, at: { x: number; y: number }) => setAsked({ ...at, over: chooseFor(store, part) })
    const onDown = (event: PointerEvent) => {
      pressed = event.button === 2 ? event : null
    }
    // Browsers tell of the menu when the button goes down or when it comes up; here it is up, and not pulled.
    const onUp = (event: PointerEvent) => {
      const from = pressed
      pressed = null
      const part = from && partOf(from.target)
      if (!from || !part || Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) > PRESS) return
      ask(part, { x: event.clientX, y: event.clientY })
    }
    const onMenu = (event: MouseEvent) => {
      const part = partOf(event.target)
      if (!part) return
      event.preventDefault()
      if (event.button === 2) return
      ask(part, part.matches('.canvas') ? keyPlace(part) : { x: event.clientX, y: event.clientY })
    }
    document.addEventListener('pointerdown', onDown, true)
    document.addEventListener('pointerup', onUp, true)
    document.addEventListener('contextmenu', onMenu, true)
    return () => {
      document.removeEventListener('pointerdown', onDown, true)
      document.removeEventListener('pointerup', onUp, true)
      document.removeEventListener('contextmenu', onMenu, true)
    }
  }, [store])
  return [asked, () => setAsked(null)]
}
