import { lazy, useEffect, useMemo } from 'react'
import { create } from 'zustand'
import type { Answers } from '../../shell/api.ts'
import { useCommands } from '../../shell/commands.ts'
import { Later } from '../../ui/later.tsx'
import type { EditorStore } from '../store.ts'

const PictureDialog = lazy(() => import('./picture-dialog.tsx'))

const useAsked = create<{ open: boolean }>(() => ({ open: false }))

/** Asks for a picture of the open flow: from the menu, or by typing. */
export const askPicture = (open = true) => useAsked.setState({ open })

type Props = { flow: Answers['flows']['get']; store: EditorStore; live: boolean }

/** The place of the dialog that saves the flow as a picture; loaded when somebody asks for it. */
export function PictureHost({ flow, store, live }: Props) {
  const open = useAsked((state) => state.open)
  const commands = useMemo(
    () => [{ id: 'picture', words: 'Save as a picture for a slide', also: 'export download png svg image', run: () => askPicture() }],
    [],
  )
  useCommands(commands)
  useEffect(() => () => askPicture(false), [])
  if (!open) return null
  const { history, catalog, selected } = store.getState()
  return (
    <Later what="The picture">
      <PictureDialog
        flow={flow}
        graph={history.present}
        catalog={catalog}
        selected={selected}
        live={live}
        onClose={() => askPicture(false)}
      />
    </Later>
  )
}
