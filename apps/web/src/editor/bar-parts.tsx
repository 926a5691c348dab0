import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react'
import type { Answers } from '../shell/api.ts'
import { IconButton } from '../ui/button.tsx'
import { Chip } from '../ui/marks.tsx'
import { useEditor } from './store.ts'

type Flow = Answers['flows']['get']

/** One step back, one step forward again. */
export function History() {
  const back = useEditor((state) => state.history.past.length > 0)
  const forth = useEditor((state) => state.history.future.length > 0)
  const undo = useEditor((state) => state.undo)
  const redo = useEditor((state) => state.redo)
  return (
    <>
      <IconButton label="Undo" keys="Ctrl Z" disabled={!back} icon={<IconArrowBackUp size={16} stroke={1.75} />} onClick={undo} />
      <IconButton label="Redo" keys="Shift Ctrl Z" disabled={!forth} icon={<IconArrowForwardUp size={16} stroke={1.75} />} onClick={redo} />
    </>
  )
}

/** Which version is on the screen, and which one runs. */
export function VersionWords({ flow, changed, live }: { flow: Flow; changed: boolean; live: boolean }) {
  const state = { draft: '', live: '', paused: 'paused', draining: 'letting people out', stopped: 'stopped', archived: 'archived' }[
    flow.status
  ]
  if (flow.liveVersion === null) return <Chip>Draft 1</Chip>
  return (
    <>
      <Chip>{live || !changed ? `Version ${flow.liveVersion}` : `Draft ${flow.liveVersion + 1}`}</Chip>
      {state !== '' ? (
        <Chip tone="warn">{state}</Chip>
      ) : (
        <span className="small faint">{live || !changed ? 'live' : `live is ${flow.liveVersion}`}</span>
      )}
    </>
  )
}
