import { type KeyboardEvent, useRef } from 'react'
import { usePreferences } from '../../shell/preferences.ts'
import { copyText } from '../canvas/deeds.ts'
import { useEditorStore } from '../store.ts'
import { choiceOf, type Row, stepKey } from './tree.ts'
import type { Deeds } from './use-deeds.ts'
import type { OutlineView } from './use-outline.ts'
import { lineWords, typedAhead } from './words.ts'

/** Letters typed in such a row, in ms, are one word. */
const PAUSE = 700
/** Keys that belong to the page around, and those that do so in Review: to go through the differences, and to what is said. */
const PAGE_KEYS = 'oOkK1234[]?'
const REVIEW_KEYS = 'dDN'
const plain = { shiftKey: false, ctrlKey: false, metaKey: false }

/** What a line does by Enter, by a double click, or while something is being moved or connected. */
export function useEnter(view: OutlineView, deeds: Deeds, onPeople: ((node: string) => void) | null) {
  const store = useEditorStore()
  return (row: Row) => {
    const { what } = row
    if (deeds.linking) return deeds.linkTo(row)
    if (deeds.lifted.length > 0) return deeds.putAt(row)
    switch (what.is) {
      case 'step':
        return onPeople ? onPeople(what.node.id) : deeds.edit?.()
      case 'note':
      case 'group':
        view.choose(row)
        return deeds.edit?.()
      case 'jump':
        view.goTo(stepKey(what.to.id))
        return store.getState().select([what.to.id])
      case 'end':
        return deeds.addAt(row)
      case 'port':
        return what.taken ? view.open(row.key, row.open === false) : deeds.addAt(row)
      case 'part':
        return view.open(row.key, row.open === false)
    }
  }
}

/** The keys of a tree (WAI-ARIA), and those by which it is edited. */
export function useOutlineKeys(view: OutlineView, deeds: Deeds, enter: (row: Row) => void, openMenu: (row: Row) => void, walked: boolean) {
  const store = useEditorStore()
  const letters = usePreferences((state) => state.letters)
  const typed = useRef({ text: '', at: Number.NEGATIVE_INFINITY })
  const anchor = useRef<string | null>(null)
  const { rows, now } = view

  /** From the line where Shift was first held to this one. */
  const extendTo = (to: number) => {
    const start = rows.findIndex((it) => it.key === anchor.current)
    const from = start < 0 ? now : start
    anchor.current = rows[from]?.key ?? null
    const range = from <= to ? rows.slice(from, to + 1) : rows.slice(to, from + 1).reverse()
    const row = rows[to]
    if (row) view.chooseMany([...new Set(range.flatMap((it) => (it.what.is === 'step' ? [it.what.node.id] : [])))], row)
  }
  const toggle = (row: Row) => {
    const next = new Set(store.getState().selected)
    const { ids } = choiceOf(row.what)
    const off = ids.every((id) => next.has(id))
    for (const id of ids) {
      if (off) next.delete(id)
      else next.add(id)
    }
    view.chooseMany([...next], row)
  }
  const go = (to: number, event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))]
    if (!row) return
    if (event.shiftKey) return extendTo(rows.indexOf(row))
    anchor.current = null
    // While something is moved or connected, the choice stays with where it began.
    if (event.ctrlKey || event.metaKey || deeds.linking || deeds.lifted.length > 0) view.setActive(row.key)
    else view.choose(row)
  }
  const inWord = (event: KeyboardEvent) => event.timeStamp - typed.current.at < PAUSE
  const search = (event: KeyboardEvent) => {
    const text = (inWord(event) ? typed.current.text : '') + event.key
    typed.current = { text, at: event.timeStamp }
    const { catalog } = store.getState()
    const words = rows.map((it) => lineWords(it.what, catalog))
    const found = typedAhead(words, now, text)
    if (found !== null) go(found, plain)
  }
  /** Letters that are deeds, here or of the page, unless somebody is in the middle of a word. */
  const letter = (event: KeyboardEvent, row: Row | undefined): 'done' | 'page' | 'word' => {
    if (!letters || inWord(event)) return 'word'
    if (PAGE_KEYS.includes(event.key) || (store.getState().marks && REVIEW_KEYS.includes(event.key))) return 'page'
    if (store.getState().readOnly || !row) return 'word'
    if (event.key === 'c') deeds.link(row)
    else if (event.key === 'n') deeds.writeNew()
    else if (event.key === 'g') deeds.group(row)
    else if (event.key === 'G') deeds.leaveGroup(row)
    else return 'word'
    return 'done'
  }

  const move = (event: KeyboardEvent, row: Row): boolean => {
    const { key } = event
    if (event.altKey && (key === 'ArrowUp' || key === 'ArrowDown')) {
      if (key === 'ArrowUp') deeds.up(row)
      else deeds.down(row)
    } else if (key === 'ArrowDown' || key === 'ArrowUp') go(now + (key === 'ArrowDown' ? 1 : -1), event)
    else if (key === 'Home') go(0, event)
    else if (key === 'End') go(rows.length - 1, event)
    else if (key === 'ArrowRight') {
      if (row.open === false) view.open(row.key, true)
      else if (row.open) go(now + 1, plain)
    } else if (key === 'ArrowLeft') {
      const up = rows.findIndex((it) => it.key === row.parent)
      if (row.open) view.open(row.key, false)
      else if (up >= 0) go(up, plain)
    } else if (key === '*')
      for (const it of rows.filter((other) => other.parent === row.parent && other.open === false)) view.open(it.key, true)
    else return false
    return true
  }

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea')) return
    const row = rows[now]
    const { key } = event
    const mod = event.ctrlKey || event.metaKey
    const done = () => event.preventDefault()
    // While somebody walks, time has its keys here too; the arrows alone go along the lines.
    if (walked && (key === ' ' || (event.shiftKey && (key === 'ArrowLeft' || key === 'ArrowRight')))) return done()
    if (row && move(event, row)) {
      if (walked) event.stopPropagation()
      typed.current = { text: '', at: Number.NEGATIVE_INFINITY }
      return done()
    }
    if (mod && key.toLowerCase() === 'a') {
      done()
      store.getState().select(store.getState().history.present.nodes.map((it) => it.id))
    } else if (mod && key.toLowerCase() === 'd' && row) {
      done()
      deeds.duplicate(row)
    } else if (key === ' ' && row && !inWord(event)) {
      done()
      toggle(row)
    } else if (mod || event.altKey) {
      return
    } else if (key === 'Enter' && row) {
      done()
      if (event.shiftKey) deeds.addBefore(row)
      else enter(row)
    } else if (key === 'F2' && row) {
      done()
      deeds.startNaming(row)
    } else if ((key === 'Delete' || key === 'Backspace') && row) {
      done()
      deeds.remove(row)
    } else if ((key === 'ContextMenu' || (key === 'F10' && event.shiftKey)) && row) {
      done()
      // The menu closes at a key outside of it; the one that opens it is none.
      event.stopPropagation()
      openMenu(row)
    } else if (key === 'Escape') {
      if (deeds.linking || deeds.lifted.length > 0) deeds.drop()
      else store.getState().select([])
    } else if (key === '/') {
      done()
      deeds.addAt(row)
    } else if (key.length === 1) {
      const meant = letter(event, row)
      if (meant === 'page') return
      done()
      // A word that is being typed is none of the page's commands.
      event.stopPropagation()
      if (meant === 'word') search(event)
    }
  }
  const clipboard = (event: React.ClipboardEvent, cut: boolean) => {
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea')) return
    const text = copyText(store)
    const row = rows[now]
    if (text === null) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', text)
    if (cut && row) deeds.lift(row)
    else deeds.drop()
  }
  const onPaste = (event: React.ClipboardEvent) => {
    const row = rows[now]
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea')) return
    if (deeds.lifted.length > 0 && row) deeds.putAt(row)
    else if (!deeds.paste(event.clipboardData.getData('text/plain'), row)) return
    event.preventDefault()
  }
  const onPick = (row: Row, event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }) => {
    if (deeds.linking || deeds.lifted.length > 0) return enter(row)
    if (event.shiftKey) return extendTo(rows.indexOf(row))
    anchor.current = row.key
    if (event.ctrlKey || event.metaKey) return toggle(row)
    view.choose(row)
  }
  return {
    onKeyDown,
    onCopy: (event: React.ClipboardEvent) => clipboard(event, false),
    onCut: (event: React.ClipboardEvent) => clipboard(event, true),
    onPaste,
    onPick,
  }
}
