import type { FlowGraph } from '@baton/engine'
import { useEffect, useMemo, useRef } from 'react'
import { useCommands } from '../shell/commands.ts'
import type { FlowMenuProps } from './flow-menu.tsx'
import { Later, PauseDialog, RenameDialog, StopDialog, TryFlow, VersionsDrawer } from './parts.tsx'
import { ask, useAsking, useWholeDeeds } from './whole-deeds.ts'

type Props = FlowMenuProps & {
  inside: number | null
  /** Puts a version in the place of the draft; null where the reader does not draw. */
  onRestore: ((graph: FlowGraph, version: number) => void) | null
}

const close = () => ask(null)

/** What can be done with the whole of a flow, by typing (Ctrl K); and what is asked before, from wherever it was chosen. */
export default function FlowCommands({ inside, onRestore, ...props }: Props) {
  const { flow } = props
  const asking = useAsking((state) => state.asking)
  const deeds = useWholeDeeds(props)
  const latest = useRef(deeds)
  useEffect(() => {
    latest.current = deeds
  })
  const offered = deeds.map((it) => it.id).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the deeds are made anew at every drawing, the list only when it offers others
  const commands = useMemo(
    () =>
      deeds
        // Its own place offers it.
        .filter((it) => it.id !== 'picture')
        .map(({ id, typed, also }) => ({
          id: `flow ${id}`,
          words: typed,
          also,
          run: () => latest.current.find((it) => it.id === id)?.run(),
        })),
    [offered],
  )
  useCommands(commands)
  useEffect(() => close, [])
  if (asking === null) return null
  return (
    <Later what="This question">
      {asking === 'rename' && <RenameDialog flow={flow} onClose={close} />}
      {asking === 'try' && <TryFlow flow={flow} onClose={close} />}
      {asking === 'versions' && <VersionsDrawer flow={flow} onRestore={onRestore} onClose={close} />}
      {asking === 'pause' && <PauseDialog flowId={flow.id} name={flow.name} onClose={close} />}
      {asking === 'stop' && <StopDialog flowId={flow.id} name={flow.name} inside={inside} onClose={close} />}
    </Later>
  )
}
