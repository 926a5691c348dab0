import type { ReactFlowInstance } from '@xyflow/react'
import type { Command } from '../shell/search.ts'
import { toast } from '../ui/toast.ts'
import { ALIGNS, alignSelected, SPREADS, spreadSelected } from './arrange.ts'
import { chosenGroup, groupAround } from './canvas/chosen-group.ts'
import { copyText, duplicateSelected, groupSelected, removeSelected, startNaming, ungroupSelected } from './canvas/deeds.ts'
import { canvasFrame, pastePlace } from './canvas/fit.ts'
import { pasteText } from './canvas/paste.ts'
import { shapeOf, stepIn } from './geometry.ts'
import { glide } from './glide.ts'
import type { Point } from './grid.ts'
import { behind } from './steps.ts'
import type { EditorState, EditorStore } from './store.ts'

/** What of the choice decides which deeds there are: while it stays the same, the list does. */
export interface Choice {
  count: number
  /** The one step that is chosen. */
  one: string | undefined
  leads: boolean
  /** The group around all that is chosen. */
  group: string | undefined
  name: string | undefined
  folded: boolean
  grouped: boolean
}

/** Reads the choice, for `useShallow`. */
export function choiceOf(state: EditorState): Choice {
  const { selected, history } = state
  const [first] = selected
  const node = selected.size === 1 && first !== undefined ? stepIn(history.present, first) : undefined
  const group = groupAround(state)
  return {
    count: selected.size,
    one: node?.id,
    leads: node !== undefined && shapeOf(node).ports.length > 0,
    group: group?.id,
    name: group?.name,
    folded: group?.folded === true,
    grouped: group !== undefined || history.present.nodes.some((it) => selected.has(it.id) && it.parentId !== undefined),
  }
}

const NOT_READ = 'The browser does not let the clipboard be read from here. Press Ctrl V on the canvas.'

/** Puts the chosen on the clipboard. */
async function copySelected(store: EditorStore): Promise<boolean> {
  const text = copyText(store)
  if (text === null) return false
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    toast({ words: 'The browser does not let the clipboard be written from here. Press Ctrl C on the canvas.', bad: true })
    return false
  }
}

/** Puts down what lies on the clipboard; says why where that cannot be. */
export async function pasteAt(store: EditorStore, at: Point) {
  let text: string
  try {
    text = await navigator.clipboard.readText()
  } catch {
    return toast({ words: NOT_READ, bad: true })
  }
  pasteText(store, text, at)
}

/** Where the list of kinds opens for a step that becomes another one: beside the head of the panel, else in the middle of the flow. */
function swapPlace() {
  const head = document.querySelector('.insp-head')?.getBoundingClientRect()
  if (head && head.width > 0) return { x: head.right, y: head.top }
  const frame = canvasFrame()
  return { x: (frame?.left ?? 0) + (frame?.width ?? 0) / 2, y: (frame?.top ?? 0) + 80 }
}

type Deeds = { store: EditorStore; flow: ReactFlowInstance; writable: boolean; onEdit: () => void; onNote: (node: string) => void }

/** What can be done with what is chosen, by typing: each only where it can be done, with its key. */
export function selectionCommands(choice: Choice, { store, flow, writable, onEdit, onNote }: Deeds): Command[] {
  const { getState } = store
  const { count, one, leads, group, name, folded, grouped } = choice
  const any = count > 0
  const all: readonly (Command & { can: boolean })[] = [
    { id: 'edit', can: one !== undefined, words: 'Edit the step in the panel', keys: 'Enter', run: onEdit },
    {
      id: 'rename',
      can: writable && one !== undefined && chosenGroup(getState()) === undefined,
      words: 'Rename the step',
      keys: 'F2',
      run: () => startNaming(store),
    },
    {
      id: 'swap',
      can: writable && one !== undefined,
      words: 'Change the step into…',
      also: 'replace swap convert',
      run: () => one !== undefined && getState().openPicker({ ...swapPlace(), target: { on: 'swap', node: one } }),
    },
    {
      id: 'step note',
      can: writable && one !== undefined,
      words: 'Write a note on the step…',
      run: () => one !== undefined && onNote(one),
    },
    {
      id: 'connect',
      can: writable && leads,
      words: 'Lead a way from the step',
      keys: 'C',
      run: () => {
        const node = one === undefined ? undefined : stepIn(getState().history.present, one)
        const port = node && (shapeOf(node).ports.find((it) => it.id === getState().port) ?? shapeOf(node).ports[0])
        if (node && port) getState().link({ node: node.id, port: port.id })
      },
    },
    { id: 'copy', can: any, words: 'Copy what is selected', keys: 'Ctrl C', run: () => void copySelected(store) },
    {
      id: 'cut',
      can: writable && any,
      words: 'Cut what is selected',
      keys: 'Ctrl X',
      run: () => void copySelected(store).then((done) => done && removeSelected(store)),
    },
    {
      id: 'paste',
      can: writable,
      words: 'Paste',
      keys: 'Ctrl V',
      run: () => void pasteAt(store, flow.screenToFlowPosition(pastePlace({ x: 0, y: 0 }))),
    },
    { id: 'duplicate', can: writable && any, words: 'Duplicate what is selected', keys: 'Ctrl D', run: () => duplicateSelected(store) },
    {
      id: 'remove',
      can: writable && any,
      words: 'Remove what is selected',
      also: 'delete',
      keys: 'Delete',
      run: () => removeSelected(store),
    },
    { id: 'group', can: writable && count > 1, words: 'Group the selected steps', keys: 'G', run: () => groupSelected(store) },
    {
      id: 'name group',
      can: writable && group !== undefined,
      words: `Rename the group “${name}”`,
      keys: 'F2',
      run: () => getState().name(group ?? null),
    },
    {
      id: 'fold',
      can: group !== undefined,
      words: `${folded ? 'Unfold' : 'Fold'} the group “${name}”`,
      ...(folded ? { keys: 'Enter' } : {}),
      run: () => group !== undefined && getState().fold(group, !folded),
    },
    { id: 'ungroup', can: writable && grouped, words: 'Take the group away', keys: 'Shift G', run: () => ungroupSelected(store) },
    ...ALIGNS.map(({ to, words }) => ({ id: `align ${to}`, can: writable && count > 1, words, run: () => alignSelected(store, to) })),
    ...SPREADS.map(({ to, words }) => ({ id: `spread ${to}`, can: writable && count > 2, words, run: () => spreadSelected(store, to) })),
    {
      id: 'fit selection',
      can: any,
      words: 'Fit what is selected',
      keys: 'Shift F',
      run: () =>
        void flow.fitView({ duration: glide(260), padding: 0.3, maxZoom: 1, nodes: [...getState().selected].map((id) => ({ id })) }),
    },
    {
      id: 'behind',
      can: one !== undefined,
      words: 'Select all behind this step',
      keys: 'Shift A',
      run: () => one !== undefined && getState().select(behind(getState().history.present, one)),
    },
  ]
  return all.filter((it) => it.can)
}
