import { useReactFlow } from '@xyflow/react'
import { useMemo } from 'react'
import { useCommands } from '../shell/commands.ts'
import { usePerson } from '../shell/person.ts'
import type { Command } from '../shell/search.ts'
import { ALIGNS, alignSelected, SPREADS, spreadSelected } from './arrange.ts'
import { duplicateSelected, groupSelected, removeSelected, ungroupSelected, writeNote } from './canvas/deeds.ts'
import { canvasFrame, fitOptions } from './canvas/fit.ts'
import { goToProblem } from './canvas/next-problem.ts'
import { GROUPS, paletteLines } from './canvas/presets.ts'
import { useTidy } from './canvas/use-tidy.ts'
import { glide } from './glide.ts'
import { behind, naturalTarget } from './steps.ts'
import { useEditor, useEditorStore } from './store.ts'
import { showAs, useLook } from './view.ts'

type Props = { writable: boolean; onPublish: () => void }

/** Everything that can be done with the open flow, by typing (Ctrl K). */
export default function EditorCommands({ writable, onPublish }: Props) {
  const store = useEditorStore()
  const flow = useReactFlow()
  const tidy = useTidy()
  const author = usePerson().name
  const many = useEditor((state) => state.selected.size > 2)
  const several = useEditor((state) => state.selected.size > 1)
  const one = useEditor((state) => (state.selected.size === 1 ? [...state.selected][0] : undefined))
  const any = useEditor((state) => state.selected.size > 0)
  const grouped = useEditor((state) => state.history.present.nodes.some((it) => state.selected.has(it.id) && it.parentId !== undefined))
  const look = useLook()
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
      { id: 'publish', words: 'Publish this flow', run: onPublish },
      { id: 'undo', words: 'Undo', keys: 'Ctrl Z', run: () => getState().undo() },
      { id: 'redo', words: 'Redo', keys: 'Ctrl Y', run: () => getState().redo() },
      { id: 'tidy', words: 'Tidy up', keys: 'T', run: () => void tidy() },
      { id: 'note', words: 'Write a note on the canvas', keys: 'N', run: () => writeNote(store, middle(), author) },
      ...(several
        ? [
            { id: 'group', words: 'Group the selected steps', keys: 'G', run: () => groupSelected(store) },
            ...ALIGNS.map(({ to, words }) => ({ id: `align ${to}`, words, run: () => alignSelected(store, to) })),
            ...(many ? SPREADS.map(({ to, words }) => ({ id: `spread ${to}`, words, run: () => spreadSelected(store, to) })) : []),
          ]
        : []),
      ...(grouped ? [{ id: 'ungroup', words: 'Take the group away', keys: 'Shift G', run: () => ungroupSelected(store) }] : []),
      ...(any
        ? [
            { id: 'duplicate', words: 'Duplicate what is selected', keys: 'Ctrl D', run: () => duplicateSelected(store) },
            { id: 'remove', words: 'Remove what is selected', keys: 'Delete', run: () => removeSelected(store) },
          ]
        : []),
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
      { id: 'find', words: 'Find in this flow', keys: 'Ctrl F', run: () => getState().find(true) },
      ...(look === 'outline'
        ? [{ id: 'look', words: 'Show it on the canvas', keys: 'O', run: () => showAs('canvas') }]
        : [{ id: 'look', words: 'Show it as an outline', keys: 'O', run: () => showAs('outline') }]),
      { id: 'check', words: 'Check: go to the next problem', keys: 'P', run: () => goToProblem(store, flow, 1) },
      { id: 'check before', words: 'Check: go to the problem before', keys: 'Shift P', run: () => goToProblem(store, flow, -1) },
      { id: 'map', words: 'Show or hide the map', keys: 'M', run: () => getState().showMap(!getState().map) },
      {
        id: 'fit',
        words: 'Fit the flow',
        keys: 'F',
        run: () => void flow.fitView({ duration: glide(260), ...fitOptions(getState().history.present, canvasFrame()) }),
      },
      ...(any
        ? [
            {
              id: 'fit selection',
              words: 'Fit what is selected',
              keys: 'Shift F',
              run: () =>
                void flow.fitView({
                  duration: glide(260),
                  padding: 0.3,
                  maxZoom: 1,
                  nodes: [...getState().selected].map((id) => ({ id })),
                }),
            },
          ]
        : []),
      {
        id: 'all',
        words: 'Select all steps',
        keys: 'Ctrl A',
        run: () => getState().select(getState().history.present.nodes.map((it) => it.id)),
      },
      ...(one === undefined
        ? []
        : [
            {
              id: 'behind',
              words: 'Select all behind this step',
              keys: 'Shift A',
              run: () => getState().select(behind(getState().history.present, one)),
            },
          ]),
    ]
  }, [store, flow, tidy, author, several, many, any, one, grouped, writable, look, onPublish])
  useCommands(commands)
  return null
}
