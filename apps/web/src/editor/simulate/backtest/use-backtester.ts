import type { Catalog, FlowGraph, RecordedPerson } from '@baton/engine'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { type Answers, api, client } from '../../../shell/api.ts'
import { type Backtester, startBacktester } from './backtester.ts'
import type { OpenedBacktest } from './protocol.ts'

const PORTION = 500
/** Of who is in the sample, and of chance: the same back-test is the same again. */
export const SEED = 'backtest'

export interface Bench {
  engine: Backtester
  opened: OpenedBacktest
  basis: Answers['forecast']['basis']
  beside: Answers['forecast']['beside']
}

/** The draft and the live version opened beside the page; null: not yet. */
export function useBench(
  flow: { id: string; name: string },
  graph: FlowGraph,
  catalog: Catalog,
): { bench: Bench | null; error: Error | null; retry: () => void } {
  const { id, name } = flow
  const around = useQuery(api.walk.around.queryOptions({ flowId: id }, { staleTime: 30_000 }))
  const basis = useQuery(api.forecast.basis.queryOptions({ flowId: id }, { staleTime: 60_000 }))
  const beside = useQuery(api.forecast.beside.queryOptions({ flowId: id }, { staleTime: 30_000 }))
  const [engine, setEngine] = useState<Backtester | null>(null)
  const [opened, setOpened] = useState<OpenedBacktest | null>(null)
  useEffect(() => {
    const started = startBacktester()
    setEngine(started)
    return () => started.close()
  }, [])
  useEffect(() => {
    if (!engine || !around.data || !beside.data) return
    let gone = false
    setOpened(null)
    void engine.open({ flow: { id, name }, graph, catalog, ...around.data }, beside.data).then((told) => !gone && setOpened(told))
    return () => {
      gone = true
    }
  }, [engine, around.data, beside.data, id, name, graph, catalog])
  const failed = around.error ?? basis.error ?? beside.error
  const bench = useMemo(
    () => (engine && opened && basis.data && beside.data ? { engine, opened, basis: basis.data, beside: beside.data } : null),
    [engine, opened, basis.data, beside.data],
  )
  return {
    bench,
    error: failed ? new Error(failed.message) : null,
    retry: () => {
      void around.refetch()
      void basis.refetch()
      void beside.refetch()
    },
  }
}

type Portion = Answers['forecast']['recorded']['people'][number]

/** What came over the wire as the engine knows it: other passages stand still, so that nothing is held in them. */
const personFrom = (person: Portion): RecordedPerson => ({
  ...person,
  state: {
    ...person.state,
    enrolments: person.state.enrolments.map((it) => ({ ...it, vars: { visits: {}, here: {}, held: [], frozenMs: 0 } })),
  },
})

/**
 * Fetches the past of a sample, a portion at a time, and hands it over.
 * @returns false when it was stopped
 */
export async function fetchPast(
  { engine, flowId }: { engine: Backtester; flowId: string },
  { size, from, days }: { size: number; from: number; days: number },
  onProgress: (fetched: number) => boolean,
): Promise<boolean> {
  let at: Answers['forecast']['recorded']['next'] = null
  for (let skip = 0; skip < size; skip += PORTION) {
    const ask = { flowId, seed: SEED, from, days, skip, limit: Math.min(PORTION, size - skip), ...(at ? { at } : {}) }
    const { people, next } = await client.forecast.recorded.query(ask)
    engine.people(people.map(personFrom), skip === 0)
    if (!onProgress(Math.min(size, skip + PORTION))) return false
    if (next === null) break
    at = next
  }
  return true
}
