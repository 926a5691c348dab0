import { useReactFlow } from '@xyflow/react'
import { useCallback, useMemo, useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { useCommandFinder, useCommands } from '../shell/commands.ts'
import { usePerson } from '../shell/person.ts'
import type { Command } from '../shell/search.ts'
import { useAskedMenu } from './canvas/asked-menu.ts'
import { CanvasMenu } from './canvas/canvas-menu.tsx'
import { toggleMap, writeNote } from './canvas/deeds.ts'
import { canvasFrame, fitOptions } from './canvas/fit.ts'
import { goToProblem, showStep } from './canvas/next-problem.ts'
import { GROUPS, paletteLines } from './canvas/presets.ts'
import { useTidy } from './canvas/use-tidy.ts'
import { findSteps } from './find.ts'
import { glide } from './glide.ts'
import { NoteDialog } from './outline/note-dialog.tsx'
import { choiceOf, pasteAt, selectionCommands } from './selection-commands.ts'
import { naturalTarget } from './steps.ts'
import { useEditor, useEditorStore } from './store.ts'
import { focusFlow, showAs, showSide, useLook, useSide } from './view.ts'

type Props = { writable: boolean; onPublish: () => void; onEdit: () => void }

/** Steps that are offered to go to, of all that fit. */
const SHOWN = 8

/** Everything that can be done with the open flow: by typing (Ctrl K), and where it is pressed with the right button. */
export default function EditorCommands({ writable, onPublish, onEdit }: Props) {
  const store = useEditorStore()
  const flow = useReactFlow()
  const tidy = useTidy()
  const author = usePerson().name
  const choice = useEditor(useShallow(choiceOf))
  const back = useEditor((state) => state.history.past.length > 0)
  const forth = useEditor((state) => state.history.future.length > 0)
  const look = useLook()
  const side = useSide(choice.count > 0)
  const [noting, setNoting] = useState<string | null>(null)
  const goTo = useCallback(
    (text: string): Command[] => {
      const { history, catalog } = store.getState()
      return findSteps(history.present, catalog, text.replace(/^go to( step)?:? */i, ''))
        .slice(0, SHOWN)
        .map(({ id, words }) => ({ id: `go ${id}`, words: `Go to step: ${words}`, run: () => showStep(store, flow, id) }))
    },
    [store, flow],
  )
  useCommandFinder(goTo)
  const commands = useMemo((): Command[] => {
    const { getState } = store
    const middle = () => {
      const frame = canvasFrame()
      return flow.screenToFlowPosition({
        x: (frame?.left ?? 0) + (frame?.width ?? 0) / 2,
        y: (frame?.top ?? 0) + (frame?.height ?? 0) / 2,
      })
    }
    const writing: Command[] = [
      { id: 'publish', words: 'Publish this flow', keys: 'Ctrl Enter', run: onPublish },
      ...(back ? [{ id: 'undo', words: 'Undo', keys: 'Ctrl Z', run: () => getState().undo() }] : []),
      ...(forth ? [{ id: 'redo', words: 'Redo', keys: 'Ctrl Y', run: () => getState().redo() }] : []),
      { id: 'tidy', words: 'Tidy up', also: 'arrange layout align', keys: 'T', run: () => void tidy() },
      { id: 'note', words: 'Write a note on the canvas', also: 'comment sticky', keys: 'N', run: () => writeNote(store, middle(), author) },
      ...paletteLines.map(
        (line): Command => ({
          id: `add ${line.id}`,
          words: `Add a step: ${GROUPS.find((it) => it.category === line.category)?.words} · ${line.preset.label}`,
          typed: true,
          run: () => {
            const { history, selected, port, add } = getState()
            const at = middle()
            const start = line.category === 'trigger'
            add(line, start ? { on: 'place', at } : naturalTarget(history.present, selected, port, at))
          },
        }),
      ),
    ]
    return [
      ...(writable ? writing : []),
      ...selectionCommands(choice, { store, flow, writable, onEdit, onNote: setNoting }),
      { id: 'find', words: 'Find in this flow', also: 'search', keys: 'Ctrl F', run: () => getState().find(true) },
      ...(look === 'outline'
        ? [{ id: 'look', words: 'Show it on the canvas', keys: 'O', run: () => showAs('canvas') }]
        : [{ id: 'look', words: 'Show it as an outline', keys: 'O', run: () => showAs('outline') }]),
      { id: 'check', words: 'Check: go to the next problem', keys: 'P', run: () => goToProblem(store, flow, 1) },
      { id: 'check before', words: 'Check: go to the problem before', keys: 'Shift P', run: () => goToProblem(store, flow, -1) },
      { id: 'map', words: 'Show or hide the map', keys: 'M', run: () => toggleMap(store) },
      {
        id: 'fit',
        words: 'Fit the flow',
        also: 'zoom center',
        keys: 'F',
        run: () => void flow.fitView({ duration: glide(260), ...fitOptions(getState().history.present, canvasFrame()) }),
      },
      { id: 'larger', words: 'Larger', also: 'zoom', keys: '+', run: () => void flow.zoomIn({ duration: glide(140) }) },
      { id: 'smaller', words: 'Smaller', also: 'zoom', keys: '−', run: () => void flow.zoomOut({ duration: glide(140) }) },
      {
        id: 'whole',
        words: 'As large as it is (100 %)',
        also: 'zoom',
        keys: '0',
        run: () => void flow.zoomTo(1, { duration: glide(140) }),
      },
      { id: 'side', words: side ? 'Hide the panel' : 'Show the panel', keys: ']', run: () => showSide(!side) },
      {
        id: 'all',
        words: 'Select all steps',
        keys: 'Ctrl A',
        run: () => getState().select(getState().history.present.nodes.map((it) => it.id)),
      },
    ]
  }, [store, flow, tidy, author, choice, back, forth, writable, look, side, onPublish, onEdit])
  useCommands(commands)
  const [asked, closeMenu] = useAskedMenu(store)
  return (
    <>
      {asked && (
        <CanvasMenu
          key={`${asked.x} ${asked.y}`}
          {...{ asked, commands, store, flow, writable, author }}
          onPaste={(at) => void pasteAt(store, at)}
          onClose={closeMenu}
        />
      )}
      {noting !== null && (
        <NoteDialog
          node={noting}
          onClose={() => {
            setNoting(null)
            focusFlow()
          }}
        />
      )}
    </>
  )
}
