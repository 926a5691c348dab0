import { connect } from '@baton/engine'
import { useReactFlow } from '@xyflow/react'
import { type KeyboardEvent, useCallback, useEffect } from 'react'
import { usePerson } from '../../shell/person.ts'
import { usePreferences } from '../../shell/preferences.ts'
import { boxOf, portAt, shapeOf, stepIn } from '../geometry.ts'
import { glide } from '../glide.ts'
import type { Point } from '../grid.ts'
import { behind, newId } from '../steps.ts'
import { shownGroups, useEditorStore } from '../store.ts'
import { chosenFold, entryOf, stepsOf } from './chosen-group.ts'
import { duplicateSelected, groupSelected, nudge, removeSelected, startNaming, toggleMap, ungroupSelected, writeNote } from './deeds.ts'
import { canvasFrame, fitOptions } from './fit.ts'
import { foldedCard } from './groups.ts'
import { useTidy } from './use-tidy.ts'
import { beside, firstStep, lastStep, mayLead, nextPort, walk } from './walk.ts'

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
}

/** Everything the keyboard does while the canvas has the focus: LOOK 9. Copy, cut and paste come as clipboard events. */
export function useCanvasKeys(onEdit: () => void) {
  const store = useEditorStore()
  const flow = useReactFlow()
  const tidy = useTidy()
  const letters = usePreferences((state) => state.letters)
  const author = usePerson().name

  const goTo = useCallback(
    // Whoever comes to a folded group comes to its card, and goes into it from there.
    (id: string | undefined, into = false) => {
      const { history, reveal, select } = store.getState()
      const node = history.present.nodes.find((it) => it.id === id)
      if (!node) return
      const fold = into ? undefined : shownGroups(store.getState()).find((it) => it.folded && it.id === node.parentId)
      if (!fold) reveal([node.id])
      select(fold ? stepsOf(history.present, fold.id) : [node.id])
      const { x, y, width, height } = boxOf((fold && foldedCard(history.present, fold.id)) ?? node)
      const a = flow.flowToScreenPosition({ x, y })
      const b = flow.flowToScreenPosition({ x: x + width, y: y + height })
      const frame = document.querySelector('.canvas')?.getBoundingClientRect()
      const seen = frame && a.x > frame.left && a.y > frame.top && b.x < frame.right && b.y < frame.bottom
      if (!seen) void flow.setCenter(x + width / 2, y + height / 2, { zoom: flow.getZoom(), duration: glide(260) })
    },
    [store, flow],
  )

  // What is added by a press or by keys is seen, wherever its place is. What is dropped has its middle in view, and moves nothing.
  useEffect(
    () =>
      store.subscribe((now, before) => {
        const [id, ...more] = now.selected
        if (id === undefined || more.length > 0 || now.history === before.history) return
        const node = stepIn(now.history.present, id)
        const frame = canvasFrame()
        if (!node || !frame || stepIn(before.history.present, id)) return
        const { x, y, width, height } = boxOf(node)
        const at = flow.flowToScreenPosition({ x: x + width / 2, y: y + height / 2 })
        if (at.x < frame.left || at.x > frame.right || at.y < frame.top || at.y > frame.bottom) goTo(id)
      }),
    [store, flow, goTo],
  )

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target
    if (target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]')) return
    const state = store.getState()
    const graph = state.history.present
    const [only] = state.selected
    const fold = chosenFold(state)
    const mod = event.ctrlKey || event.metaKey
    const done = () => event.preventDefault()
    const { key } = event
    if (mod && key.toLowerCase() === 'a') {
      done()
      state.select([...graph.nodes, ...(graph.notes ?? [])].map((it) => it.id))
    } else if (mod && key.toLowerCase() === 'f') {
      done()
      state.find(true)
    } else if (mod && key.toLowerCase() === 'd') {
      done()
      duplicateSelected(store)
    } else if (mod) {
      return
    } else if (key === 'Delete' || key === 'Backspace') {
      done()
      removeSelected(store)
    } else if (key in ARROWS) {
      done()
      const by = ARROWS[key] ?? { x: 0, y: 0 }
      if (event.altKey) {
        const far = event.shiftKey ? 40 : 8
        nudge(store, { x: by.x * far, y: by.y * far })
      } else if (event.shiftKey && by.x !== 0 && only !== undefined)
        state.selectPort(nextPort(graph, only, state.port, by.x === 1 ? 1 : -1))
      else if (event.shiftKey && only !== undefined) {
        const last = [...state.selected].at(-1) ?? only
        const next = walk(graph, last, key === 'ArrowUp' ? 'ArrowUp' : 'ArrowDown', null)
        if (next !== undefined) state.select([...state.selected, next])
      } else if (fold && !state.linking && (key === 'ArrowDown' || key === 'ArrowUp')) {
        const { from, to } = entryOf(graph, fold.id)
        if (key === 'ArrowDown') goTo(to, true)
        else goTo(from)
      } else if (key === 'ArrowDown' || key === 'ArrowUp' || key === 'ArrowLeft' || key === 'ArrowRight') {
        goTo(
          only === undefined ? firstStep(graph) : state.linking ? beside(graph, only, key) : walk(graph, only, key, state.port),
          state.linking !== null,
        )
      }
    } else if (key === 'Home') goTo(firstStep(graph))
    else if (key === 'End') goTo(lastStep(graph))
    else if (key === 'Enter' && state.linking && only !== undefined) {
      done()
      const { node, port } = state.linking
      state.link(null)
      if (mayLead(graph, node, only)) state.edit((now) => connect(now, { id: newId(), source: node, sourceHandle: port, target: only }))
    } else if (key === 'F2') {
      done()
      startNaming(store)
    } else if (key === 'Enter' && fold) {
      done()
      state.fold(fold.id, false)
    } else if (key === 'Enter' && only !== undefined) {
      done()
      onEdit()
    } else if (key === 'Escape' && state.linking) {
      state.link(null)
      goTo(state.linking.node)
    } else if (key === 'Escape') {
      state.openPicker(null)
      state.select([])
    } else if (letters) single(event, done)
  }

  const single = (event: KeyboardEvent<HTMLElement>, done: () => void) => {
    const state = store.getState()
    const graph = state.history.present
    const [only] = state.selected
    switch (event.key) {
      case 'f':
        return void flow.fitView({ duration: glide(260), ...fitOptions(graph, canvasFrame()) })
      case 'F':
        return void flow.fitView({ duration: glide(260), padding: 0.3, maxZoom: 1, nodes: [...state.selected].map((id) => ({ id })) })
      case '+':
      case '=':
        return void flow.zoomIn({ duration: glide(140) })
      case '-':
        return void flow.zoomOut({ duration: glide(140) })
      case '0':
        return void flow.zoomTo(1, { duration: glide(140) })
      case 'A':
        if (only !== undefined) state.select(behind(graph, only))
        return
      case 'c': {
        const node = graph.nodes.find((it) => it.id === only)
        const from = node && shapeOf(node).ports
        const way = from?.find((it) => it.id === state.port) ?? from?.[0]
        if (node && way && state.selected.size === 1 && !state.readOnly) state.link({ node: node.id, port: way.id })
        return
      }
      case 'm':
      case 'M':
        return toggleMap(store)
      case 'n': {
        if (state.readOnly) return
        done()
        const frame = canvasFrame()
        const middle = { x: (frame?.left ?? 0) + (frame?.width ?? 0) / 2 - 100, y: (frame?.top ?? 0) + (frame?.height ?? 0) / 3 }
        return writeNote(store, flow.screenToFlowPosition(middle), author)
      }
      case 'g':
        return groupSelected(store)
      case 'G':
        return ungroupSelected(store)
      case 't':
      case 'T':
        return void tidy()
      case '/': {
        const node = graph.nodes.find((it) => it.id === only)
        if (!node || state.selected.size !== 1) return
        done()
        const shape = shapeOf(node)
        const port = shape.ports.find((it) => it.id === state.port) ?? shape.ports[0]
        if (!port) return
        const at = portAt(shape, port.id)
        const screen = flow.flowToScreenPosition({ x: node.position.x + at.x, y: node.position.y + at.y })
        return state.openPicker({ ...screen, target: { on: 'port', node: node.id, port: port.id } })
      }
      default:
    }
  }
  return { onKeyDown, goTo }
}
