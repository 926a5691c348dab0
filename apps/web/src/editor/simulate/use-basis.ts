import type { Catalog, FlowGraph, Issue } from '@baton/engine'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { api } from '../../shell/api.ts'
import { type Simulator, startSimulator } from './simulator.ts'

/** The draft, ready to be walked beside the page. */
export interface Ground {
  engine: Simulator
  /** What keeps it from being walked; null: not known yet. */
  issues: readonly Issue[] | null
  /** With the steps of the flows inside in their places. */
  graph: FlowGraph
  error: Error | null
  retry: () => void
}

/** Opens a draft in the engine beside the page, and opens it anew when it changes. */
export function useGround(flow: { id: string; name: string }, graph: FlowGraph, catalog: Catalog): Ground | null {
  const { id, name } = flow
  const around = useQuery(api.walk.around.queryOptions({ flowId: id }, { staleTime: 30_000 }))
  const [engine, setEngine] = useState<Simulator | null>(null)
  const [opened, setOpened] = useState<{ issues: readonly Issue[]; graph: FlowGraph } | null>(null)
  const [failed, setFailed] = useState<Error | null>(null)
  useEffect(() => {
    const started = startSimulator()
    setEngine(started)
    return () => started.close()
  }, [])
  useEffect(() => {
    if (!engine || !around.data) return
    let gone = false
    setOpened(null)
    setFailed(null)
    engine
      .ask('open', { flow: { id, name }, graph, catalog, ...around.data })
      .then((told) => !gone && setOpened(told))
      .catch((error: unknown) => !gone && setFailed(error instanceof Error ? error : new Error(String(error))))
    return () => {
      gone = true
    }
  }, [engine, around.data, id, name, graph, catalog])
  const error = around.error ? new Error(around.error.message) : failed
  const { refetch } = around
  return useMemo(
    () =>
      engine && {
        engine,
        issues: opened?.issues ?? null,
        graph: opened?.graph ?? graph,
        error,
        retry: () => void refetch(),
      },
    [engine, opened, graph, error, refetch],
  )
}
