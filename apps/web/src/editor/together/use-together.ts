import { canonicalJson, type FlowGraph, parseGraph, startHistory } from '@baton/engine'
import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { clockWords } from '../../ui/date-words.ts'
import { toast } from '../../ui/toast.ts'
import { keepBackup } from '../backup.ts'
import type { Saver } from '../saver.ts'
import type { EditorStore } from '../store.ts'
import { keepHistory, readHistory } from './history-keeper.ts'
import { addKept, loadKept } from './kept.ts'
import { readBackup } from './read-backup.ts'
import type { Seat } from './seat.ts'
import type { Slot } from './storage.ts'

/** From the last change until undo is kept: it is only for after a reload. */
const KEEP_DELAY = 800

/** Shows another graph than the one that was drawn. What could be undone was of the other one. */
function show(store: EditorStore, graph: FlowGraph) {
  const there = new Set([...graph.nodes, ...(graph.notes ?? [])].map((it) => it.id))
  store.setState(({ selected }) => ({
    history: startHistory(graph),
    selected: new Set([...selected].filter((id) => there.has(id))),
    edge: null,
    port: null,
    picker: null,
    linking: null,
  }))
}

function readTheirs(graph: unknown): FlowGraph | undefined {
  const read = parseGraph(graph)
  return 'ok' in read ? read.ok : undefined
}

type Parts = { slot: Slot; store: EditorStore; saver: Saver; seat: Seat; stuck: boolean; mayDraw: boolean }

/** Ties an open flow to its place: follows what others save, keeps what cannot be saved, brings back what an earlier visit left. */
export function useTogether({ slot, store, saver, seat, stuck, mayDraw }: Parts) {
  const { userId, flowId } = slot
  const mine = useStore(seat.store, (state) => state.mine)
  const began = useRef<boolean>(undefined)

  useEffect(() => {
    const place = { userId, flowId }
    return seat.attach({
      rev: () => saver.rev(),
      flush: () => saver.flush(),
      stuck: () => saver.stuck(),
      follow(theirs) {
        const graph = theirs ? readTheirs(theirs.graph) : saver.saved()
        // From a newer Baton: what is on the page stays until it is loaded anew.
        if (!graph) return
        const own = theirs !== null && saver.arrived(theirs.rev, graph)
        if (own && seat.store.getState().mine) return
        if (!saver.clean()) {
          const mine = { graph: store.getState().history.present, base: saver.saved(), rev: saver.rev(), at: Date.now() }
          if (!addKept(place, mine)) toast({ words: FULL, bad: true })
        }
        saver.settle(theirs?.rev ?? saver.rev(), graph)
        show(store, graph)
      },
    })
  }, [seat, saver, store, userId, flowId])

  useEffect(() => {
    if (stuck) seat.poke()
  }, [stuck, seat])

  useEffect(() => {
    const place = { userId, flowId }
    if (!mayDraw || began.current === mine) return
    const first = began.current === undefined
    began.current = mine
    if (first) loadKept(place)
    if (first || mine) bringBack(place, store, saver, seat)
  }, [mayDraw, mine, store, saver, seat, userId, flowId])

  useEffect(() => {
    const place = { userId, flowId }
    let timer: ReturnType<typeof setTimeout> | undefined
    const keep = () => {
      clearTimeout(timer)
      timer = undefined
      if (!seat.store.getState().mine || keepHistory(place, store.getState().history) || told) return
      told = true
      toast({
        words: "This browser's storage is full: you cannot undo any more after the page was closed. Nothing of the flow is lost.",
        bad: true,
      })
    }
    const stop = store.subscribe((now, before) => {
      if (now.history === before.history) return
      clearTimeout(timer)
      timer = setTimeout(keep, KEEP_DELAY)
    })
    const last = () => timer !== undefined && keep()
    window.addEventListener('pagehide', last)
    return () => {
      window.removeEventListener('pagehide', last)
      stop()
      last()
    }
  }, [store, seat, userId, flowId])
}

const FULL =
  "This browser's storage is full. What you had not saved is on this page only: keep it as a new flow, or decide before you close it."

/** The note about a full storage is said once. */
let told = false

/** What an earlier visit left: changes that were not saved, and what can be undone. */
function bringBack(slot: Slot, store: EditorStore, saver: Saver, seat: Seat) {
  const { present } = store.getState().history
  const backup = readBackup(slot)
  const { mine, editor } = seat.store.getState()
  const news = backup !== null && canonicalJson(backup.graph) !== canonicalJson(present)
  if (news && mine && backup.rev === saver.rev()) {
    const found = readHistory(slot, backup.graph)
    const history = found.past.length > 0 ? found : { ...startHistory(backup.graph), past: [present] }
    store.setState({ history })
    toast({ words: `What you changed at ${clockWords(backup.at)} was not saved when the page closed. It is here again, and is saved now.` })
    return
  }
  // Of another window of the same browser that still draws: it is not left behind.
  if (news && editor?.you !== true) {
    addKept(slot, backup)
    keepBackup(slot, null)
  }
  const history = readHistory(slot, present)
  if (mine && history.past.length + history.future.length > 0) store.setState({ history })
}
