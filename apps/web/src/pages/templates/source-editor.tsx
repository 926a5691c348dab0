import { html } from '@codemirror/lang-html'
import { useComputedColorScheme } from '@mantine/core'
import CodeMirror, { Decoration, EditorView, type ReactCodeMirrorRef } from '@uiw/react-codemirror'
import { type Ref, useImperativeHandle, useMemo, useRef } from 'react'
import { type Block, insertBlock } from './blocks.ts'

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

const look = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--surface)', fontSize: '12px' },
  '.cm-scroller': { fontFamily: 'ui-monospace, "SF Mono", Menlo, Consolas, monospace', lineHeight: '18px' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--text-3)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--hover)' },
  '&.cm-focused': { outline: 'none', boxShadow: 'inset 0 0 0 2px var(--accent)' },
  '.cm-line.wrong': { backgroundColor: 'var(--danger-soft)', boxShadow: 'inset 2px 0 0 var(--danger)' },
})

const wrongLine = Decoration.line({ class: 'wrong' })

/** Source with line numbers, folding, undo and search of its own. A chunk apart: CodeMirror is as large as a page. */
export default function SourceEditor({ label, value, onChange, readOnly, wrongLines, ref }: Props) {
  const scheme = useComputedColorScheme('light')
  const editor = useRef<ReactCodeMirrorRef>(null)
  useImperativeHandle(ref, () => {
    const change = (at: number, to: number, text: string) => {
      const view = editor.current?.view
      view?.dispatch({ changes: { from: at, to, insert: text }, selection: { anchor: at + text.length }, scrollIntoView: true })
      // The menu that asked gives the focus back to its button first.
      requestAnimationFrame(() => view?.focus())
    }
    return {
      put(text) {
        const range = editor.current?.view?.state.selection.main
        if (range) change(range.from, range.to, text)
      },
      putBlock(block) {
        const state = editor.current?.view?.state
        if (!state) return
        const { at, text } = insertBlock(state.doc.toString(), state.selection.main.head, block)
        change(at, at, text)
      },
      goTo(line) {
        const view = editor.current?.view
        if (!view || line < 1 || line > view.state.doc.lines) return
        view.dispatch({ selection: { anchor: view.state.doc.line(line).from }, scrollIntoView: true })
        view.focus()
      },
    }
  }, [])
  const extensions = useMemo(() => {
    const marks = EditorView.decorations.of((view) => {
      const { doc } = view.state
      const known = [...new Set(wrongLines)].filter((line) => line >= 1 && line <= doc.lines).sort((a, b) => a - b)
      return Decoration.set(known.map((line) => wrongLine.range(doc.line(line).from)))
    })
    return [html(), look, marks, EditorView.lineWrapping, EditorView.contentAttributes.of({ 'aria-label': label })]
  }, [wrongLines, label])
  return (
    <CodeMirror
      ref={editor}
      className="source-editor"
      height="100%"
      theme={scheme}
      value={value}
      onChange={onChange}
      readOnly={readOnly}
      extensions={extensions}
      basicSetup={{ highlightActiveLine: !readOnly }}
    />
  )
}
