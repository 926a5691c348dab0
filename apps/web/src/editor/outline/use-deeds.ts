import { connect, copy, disconnect, type FlowNode, type Fragment, groupNodes, kindOf, setData, setGroup, ungroup } from '@baton/engine'
import { useState } from 'react'
import { usePerson } from '../../shell/person.ts'
import { removeSelected, writeNote } from '../canvas/deeds.ts'
import { stepsToPaste } from '../canvas/paste.ts'
import { mayLead } from '../canvas/walk.ts'
import { boxOf, shapeOf } from '../geometry.ts'
import { newId } from '../steps.ts'
import { useEditor, useEditorStore } from '../store.ts'
import { moveBehind, moveDown, moveUp, pasteBehind } from './moves.ts'
import { type Row, stepKey, viaOf, type What, wayOf } from './tree.ts'
import type { OutlineView } from './use-outline.ts'

/** Between what was there and what is put below it. */
const BELOW = 40

/** Everything that can be done with the flow in its outline. Whoever calls it names the line. */
export function useDeeds(view: OutlineView, onEdit: (() => void) | null, placeOf: (key: string) => { x: number; y: number }) {
  const store = useEditorStore()
  const author = usePerson().name
  const linking = useEditor((state) => state.linking)
  const [lifted, setLifted] = useState<readonly string[]>([])
  const [naming, setNaming] = useState<string | null>(null)
  const [noting, setNoting] = useState<string | null>(null)
  const [said, say] = useState('')
  const { getState } = store
  const graphNow = () => getState().history.present

  /** The way out of a step that something new comes behind: the first that leads nowhere, else the first. */
  const outOf = (node: FlowNode): string | null => {
    const { ports } = shapeOf(node)
    const taken = new Set(graphNow().edges.flatMap((it) => (it.source === node.id ? [it.sourceHandle] : [])))
    return (ports.find((it) => !taken.has(it.id)) ?? ports[0])?.id ?? null
  }
  const wayAt = (what: What) => wayOf(what, outOf)
  const below = () => {
    const boxes = graphNow().nodes.map(boxOf)
    if (boxes.length === 0) return { x: 0, y: 0 }
    return { x: Math.min(...boxes.map((it) => it.x)), y: Math.max(...boxes.map((it) => it.y + it.height)) + BELOW }
  }
  /** The chosen steps if the line is among them, else the line's own. */
  const stepsAt = (what: What): readonly string[] => {
    const { selected, history } = getState()
    const ids = what.is === 'step' ? [what.node.id] : what.is === 'group' ? what.ids : []
    if (!ids.some((id) => selected.has(id))) return ids
    return history.present.nodes.flatMap((it) => (selected.has(it.id) ? [it.id] : []))
  }
  const free = () => !getState().readOnly

  const addAt = (row: Row | undefined) => {
    if (!free()) return
    const way = row && wayAt(row.what)
    if (row && !way && row.what.is === 'step') return say('Nothing can follow here: this step is an end.')
    const at = row ? placeOf(row.key) : { x: window.innerWidth / 2, y: 160 }
    getState().openPicker({ ...at, target: way ? { on: 'port', ...way } : { on: 'place', at: below() } })
  }
  const addBefore = (row: Row) => {
    const edge = row.what.is === 'step' ? row.what.via?.id : row.what.is === 'jump' ? row.what.way.id : undefined
    if (!free()) return
    if (edge === undefined) return say('No way leads here that a step could stand in.')
    getState().openPicker({ ...placeOf(row.key), target: { on: 'edge', edge } })
  }
  const link = (row: Row) => {
    const way = wayAt(row.what)
    if (!free() || !way) return
    setLifted([])
    getState().link(way)
    view.focus()
  }
  const linkTo = (row: Row) => {
    const from = getState().linking
    const to = row.what.is === 'step' ? row.what.node.id : row.what.is === 'jump' ? row.what.to.id : null
    if (!from) return
    if (to === null || !mayLead(graphNow(), from.node, to)) return say('A way cannot lead there. Choose another step.')
    getState().link(null)
    getState().edit((graph) => connect(graph, { id: newId(), source: from.node, sourceHandle: from.port, target: to }))
    view.goTo(stepKey(from.node))
    say('Connected.')
  }
  const lift = (row: Row) => {
    const { nodes } = graphNow()
    const ids = stepsAt(row.what).filter((id) => nodes.some((it) => it.id === id && kindOf(it.type)?.category !== 'trigger'))
    if (!free()) return
    if (ids.length === 0) return say('Only steps that others lead to can be moved.')
    getState().link(null)
    setLifted(ids)
    view.focus()
  }
  /** Puts down what was lifted, one behind the other. */
  const putAt = (row: Row) => {
    const way = wayAt(row.what)
    if (!way) return say('Nothing can follow here. Choose another place.')
    const before = graphNow()
    getState().edit((graph) => {
      let [now, to] = [graph, way]
      for (const id of lifted) {
        const next = moveBehind(now, id, to)
        const node = next.nodes.find((it) => it.id === id)
        const port = node && shapeOf(node).ports[0]?.id
        if (next !== now && port !== undefined) to = { node: id, port }
        now = next
      }
      return now
    })
    if (graphNow() === before) return say('It cannot stand there: it would come behind itself, or cut off what follows.')
    setLifted([])
    say('Moved.')
    const [first] = lifted
    if (first !== undefined) view.goTo(stepKey(first))
  }
  const shift = (row: Row, by: typeof moveUp, words: string) => {
    const { what } = row
    if (!free() || what.is !== 'step') return
    const next = by(graphNow(), what.node.id, (id) => viaOf(view.items, id))
    if (!next) return say(words)
    getState().edit(() => next)
    view.goTo(row.key)
    say('Moved.')
  }
  const paste = (text: string, row: Row | undefined) => {
    const what = stepsToPaste(store, text)
    if (what) pasteAll(what, row)
    return what !== undefined
  }
  const pasteAll = (what: Fragment, row: Row | undefined) => {
    let added: string[] = []
    getState().edit((graph) => {
      const done = pasteBehind(graph, what, row ? wayAt(row.what) : null)
      added = done.added
      return done.graph
    })
    if (added.length > 0) getState().select(added)
  }
  const duplicate = (row: Row) => {
    const ids = stepsAt(row.what)
    if (free() && ids.length > 0) pasteAll(copy(graphNow(), ids), row)
  }
  const swap = (row: Row) => {
    if (free() && row.what.is === 'step') getState().openPicker({ ...placeOf(row.key), target: { on: 'swap', node: row.what.node.id } })
  }
  const remove = (row: Row) => {
    const { what } = row
    const edge =
      what.is === 'jump'
        ? what.way
        : what.is === 'port'
          ? graphNow().edges.find((it) => it.source === what.node.id && it.sourceHandle === what.port.id)
          : undefined
    if (!free()) return
    view.focus()
    if (edge) getState().edit((graph) => disconnect(graph, [edge.id]))
    else if (what.is === 'group') getState().edit((graph) => ungroup(graph, [what.group.id]))
    else if (what.is === 'step' || what.is === 'note') removeSelected(store)
  }
  const rename = (row: Row, words: string) => {
    const { what } = row
    const name = words.trim()
    setNaming(null)
    view.focus()
    if (what.is === 'group' && name !== '') getState().edit((graph) => setGroup(graph, what.group.id, { name }))
    if (what.is !== 'step') return
    const { name: _, ...rest } = what.node.data
    const data = name === '' ? rest : { ...rest, name }
    if (what.node.data.name === data.name) return
    const ports = shapeOf(what.node).ports.map((it) => it.id)
    getState().edit((graph) => setData(graph, what.node.id, data, ports))
  }
  const startNaming = (row: Row) => free() && (row.what.is === 'step' || row.what.is === 'group') && setNaming(row.key)
  const group = (row: Row) => {
    const ids = stepsAt(row.what)
    if (!free() || ids.length === 0) return
    const id = newId()
    getState().edit((graph) => groupNodes(graph, ids, { id, name: 'Group', folded: false }))
    say('Grouped. The group stands at the end, where it can be named.')
  }
  const leaveGroup = (row: Row) => {
    const ids = new Set(stepsAt(row.what))
    getState().edit((graph) =>
      ungroup(
        graph,
        graph.nodes.flatMap((it) => (ids.has(it.id) ? (it.parentId ?? []) : [])),
      ),
    )
  }
  const writeNew = () => {
    if (!free()) return
    writeNote(store, below(), author)
    onEdit?.()
  }
  const drop = () => {
    setLifted([])
    if (linking) getState().link(null)
  }
  return {
    linking,
    lifted,
    naming,
    noting,
    said,
    addAt,
    addBefore,
    link,
    linkTo,
    lift,
    putAt,
    up: (row: Row) => shift(row, moveUp, 'It cannot go further up on this line.'),
    down: (row: Row) => shift(row, moveDown, 'It cannot go further down on this line.'),
    paste,
    duplicate,
    swap,
    remove,
    rename,
    startNaming,
    note: (row: Row) => row.what.is === 'step' && setNoting(row.what.node.id),
    noteDone: () => {
      setNoting(null)
      view.focus()
    },
    group,
    leaveGroup,
    writeNew,
    /** Gives up what was begun: connecting, moving. */
    drop,
    edit: onEdit,
  }
}

export type Deeds = ReturnType<typeof useDeeds>
