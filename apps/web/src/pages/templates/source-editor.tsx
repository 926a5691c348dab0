import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState } from '@codemirror/state'
import { Decoration, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { type Block, insertBlock } from './blocks.ts'
import { mjmlColours, mjmlLanguage } from './mjml-language.ts'
import { sourceLook } from './source-look.ts'

/** What the page may do to the text from outside; each is one step of undo. */
export interface SourceHandle {
  /** Puts text in where the cursor is. */
  put(text: string): void
  /** Puts a block in where it belongs, near the cursor. */
  putBlock(block: Block): void
  /** Goes to a line, from 1. */
  goTo(line: number): void
}

type Props = {
  label: string
  value: string
  onChange: (value: string) => void
  readOnly: boolean
  /** Lines with a mistake, from 1. */
  wrongLines: readonly number[]
  ref?: Ref<SourceHandle>
}

const wrongLine = Decoration.line({ class: 'wrong' })

/** Marks lines; those that are not there (any more) are left out. */
const marksOf = (wrongLines: readonly number[]) =>
  EditorView.decorations.of(({ state: { doc } }) => {
    const known = [...new Set(wrongLines)].filter((line) => line >= 1 && line <= doc.lines).sort((a, b) => a - b)
    return Decoration.set(known.map((line) => wrongLine.range(doc.line(line).from)))
  })

const locked = (readOnly: boolean) => [EditorState.readOnly.of(readOnly), EditorView.editable.of(!readOnly)]

/** Source with line numbers, undo and search of its own (Tab indents, Esc then Tab leaves). A chunk apart, since CodeMirror is large. */
export default function SourceEditor({ label, value, onChange, readOnly, wrongLines, ref }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const told = useRef(onChange)
  told.current = onChange
  const slots = useRef({ marks: new Compartment(), lock: new Compartment() })
  const began = useRef({ label, value, readOnly })

  useEffect(() => {
    if (!place.current) return
    const { marks, lock } = slots.current
    const made = new EditorView({
      parent: place.current,
      doc: began.current.value,
      extensions: [
        lineNumbers(),
        history(),
        indentOnInput(),
        bracketMatching(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, indentWithTab]),
        mjmlLanguage,
        syntaxHighlighting(mjmlColours),
        sourceLook,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': began.current.label }),
        EditorView.updateListener.of((update) => update.docChanged && told.current(update.state.doc.toString())),
        marks.of([]),
        lock.of(locked(began.current.readOnly)),
      ],
    })
    view.current = made
    return () => {
      made.destroy()
      view.current = null
    }
  }, [])

  useEffect(() => {
    const now = view.current?.state.doc.toString()
    if (now !== undefined && now !== value) view.current?.dispatch({ changes: { from: 0, to: now.length, insert: value } })
  }, [value])
  useEffect(() => view.current?.dispatch({ effects: slots.current.marks.reconfigure(marksOf(wrongLines)) }), [wrongLines])
  useEffect(() => view.current?.dispatch({ effects: slots.current.lock.reconfigure(locked(readOnly)) }), [readOnly])

  useImperativeHandle(ref, () => {
    const change = (from: number, to: number, text: string) => {
      view.current?.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length }, scrollIntoView: true })
      // The menu that asked gives the focus back to its button first.
      requestAnimationFrame(() => view.current?.focus())
    }
    return {
      put(text) {
        const range = view.current?.state.selection.main
        if (range) change(range.from, range.to, text)
      },
      putBlock(block) {
        const state = view.current?.state
        if (!state) return
        const { at, text } = insertBlock(state.doc.toString(), state.selection.main.head, block)
        change(at, at, text)
      },
      goTo(line) {
        const doc = view.current?.state.doc
        if (!doc || line < 1 || line > doc.lines) return
        const { from } = doc.line(line)
        view.current?.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) })
        view.current?.focus()
      },
    }
  }, [])

  return <div ref={place} className="source-editor" />
}
