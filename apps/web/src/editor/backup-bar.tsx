import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { DateText } from '../ui/date-text.tsx'
import { keepBackup, readBackup } from './backup.ts'
import type { EditorStore } from './store.ts'

/** Offers what an earlier visit left unsaved in this browser. */
export function BackupBar({ flowId, rev, store }: { flowId: string; rev: number; store: EditorStore }) {
  const [backup, setBackup] = useState(() => {
    const found = readBackup(flowId)
    return found && JSON.stringify(found.graph) !== JSON.stringify(store.getState().history.present) ? found : null
  })
  if (!backup) return null
  return (
    <div className="save-trouble calm" role="status">
      <span>
        Changes of <DateText at={backup.at} style="full" /> were not saved when this page was closed. They are kept here
        {backup.rev < rev ? '; the flow was saved since, so look before you publish' : ''}.
      </span>
      <Button
        size="small"
        onClick={() => {
          store.getState().edit(() => backup.graph)
          setBackup(null)
        }}
      >
        Bring them back
      </Button>
      <Button
        size="small"
        look="quiet"
        onClick={() => {
          keepBackup(flowId, null)
          setBackup(null)
        }}
      >
        Drop them
      </Button>
    </div>
  )
}
