import type { FlowGraph, WalkDecision } from '@baton/engine'
import { useEffect, useRef } from 'react'
import { client } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { toast } from '../../ui/toast.ts'
import type { Begin } from './protocol.ts'
import { contactFrom, type SetUpState, type Walker } from './set-up.tsx'
import type { WalkStore } from './walk-store.ts'

interface Kept {
  setUp: SetUpState
  walker: Walker | null
  begin: Begin | null
  decisions: readonly WalkDecision[]
  cursor: number
}

/** Walks by flow, while the page is open: who changes a step finds the same person on the same way again. Kept nowhere. */
const kept = new Map<string, Kept>()

export const keptWalk = (flowId: string): Kept | undefined => kept.get(flowId)

/** Another draft may read more of a contact than the one before. */
async function renewed(flowId: string, begin: Begin, contactId: number | null): Promise<Begin> {
  if (contactId === null) return begin
  const { state } = await client.walk.person.query({ flowId, contactId })
  return { ...begin, who: { kind: 'contact', state: contactFrom(state) } }
}

type Now = { walk: WalkStore; graph: FlowGraph; ready: boolean; setUp: SetUpState; walker: Walker | null }

/** Keeps the walk of a flow while other modes are looked at, and goes it anew through every draft that is opened. */
export function useKeptWalk(flowId: string, now: Now): void {
  const { walk, graph, ready, setUp, walker } = now
  const latest = useRef({ setUp, walker })
  latest.current = { setUp, walker }
  // biome-ignore lint/correctness/useExhaustiveDependencies: another graph is another draft, through which they go anew
  useEffect(() => {
    const { begin, decisions, cursor } = walk.getState().begin ? walk.getState() : (kept.get(flowId) ?? walk.getState())
    if (!ready || !begin) return
    let gone = false
    renewed(flowId, begin, latest.current.walker?.contactId ?? null)
      .then(async (again) => {
        if (!gone) await walk.getState().start(again, decisions)
        if (!gone) walk.getState().show(Math.max(0, Math.min(cursor, walk.getState().frames.length - 1)))
      })
      .catch((error: unknown) => {
        if (gone) return
        walk.getState().leave()
        toast({ words: `The walk could not go on: ${problemWords(error)}`, bad: true })
      })
    return () => {
      gone = true
    }
  }, [flowId, walk, graph, ready])
  useEffect(
    () => () => {
      const { begin, decisions, cursor } = walk.getState()
      kept.set(flowId, { ...latest.current, begin, decisions, cursor })
    },
    [flowId, walk],
  )
}
