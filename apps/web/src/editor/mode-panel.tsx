import { IconLayoutSidebarRightExpand } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useCommands } from '../shell/commands.ts'
import { useKeys } from '../shell/keys.ts'
import { IconButton } from '../ui/button.tsx'
import { Panel } from '../ui/panel.tsx'
import { showModeSide, useModeSide } from './view.ts'

const HIDE = [{ id: 'side', words: 'Hide the panel', keys: ']', run: () => showModeSide(false) }]
const SHOW = [{ id: 'side', words: 'Show the panel', keys: ']', run: () => showModeSide(true) }]

/** What a mode has to say, beside the flow. Away, it leaves its room to the flow, and keeps what was begun in it. */
export function ModePanel({ label, children }: { label: string; children: ReactNode }) {
  const shown = useModeSide()
  useKeys([[']', () => showModeSide(!shown)]])
  useCommands(shown ? HIDE : SHOW)
  return (
    <>
      {!shown && (
        <IconButton
          className="float open-side"
          label="Show the panel"
          keys="]"
          icon={<IconLayoutSidebarRightExpand size={16} stroke={1.75} />}
          onClick={() => showModeSide(true)}
        />
      )}
      <Panel label={label} width={392} away={!shown}>
        {children}
      </Panel>
    </>
  )
}
