import { useMemo } from 'react'
import { useCommands } from '../shell/commands.ts'
import type { Command } from '../shell/search.ts'
import type { Mode } from './flow-editor.tsx'

type Props = { mode: Mode; live: boolean; onMode: (mode: Mode) => void }

/** From each mode of a flow to the others, by typing (Ctrl K). */
export default function ModeCommands({ mode, live, onMode }: Props) {
  const commands = useMemo(() => {
    const all: readonly (Command & { mode: Mode })[] = [
      { id: 'mode edit', mode: 'edit', words: 'Draw this flow', keys: '1', run: () => onMode('edit') },
      { id: 'mode simulate', mode: 'simulate', words: 'Simulate this flow', keys: '2', run: () => onMode('simulate') },
      { id: 'mode review', mode: 'review', words: 'Review this flow', keys: '3', run: () => onMode('review') },
      { id: 'mode live', mode: 'live', words: 'See it live', keys: '4', run: () => onMode('live') },
    ]
    return all.filter((it) => it.mode !== mode && (live || it.mode !== 'live'))
  }, [mode, live, onMode])
  useCommands(commands)
  return null
}
