import type { Behaviour, Catalog, ContactState, FlowGraph, Intake } from '@baton/engine'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { type Answers, api, client } from '../../../shell/api.ts'
import { type Forecaster, startForecaster } from './forecaster.ts'
import type { OpenedForecast, Setting } from './protocol.ts'

/** As many as a sample has unless somebody says otherwise. */
const PEOPLE = 10_000
const PORTION = 2000
/** Of who is in the sample, and of chance: the same forecast is the same again. */
const SEED = 'forecast'
const DRAWS = 19

export interface Bench {
  engine: Forecaster
  opened: OpenedForecast
  basis: Answers['forecast']['basis']
}

/** The draft opened beside the page, with what is known of how people behave; null: not yet. */
export function useBench(
  flow: { id: string; name: string },
  graph: FlowGraph,
  catalog: Catalog,
): { bench: Bench | null; error: Error | null; retry: () => void } {
  const { id, name } = flow
  const around = useQuery(api.walk.around.queryOptions({ flowId: id }, { staleTime: 30_000 }))
  const basis = useQuery(api.forecast.basis.queryOptions({ flowId: id }, { staleTime: 60_000 }))
  const [engine, setEngine] = useState<Forecaster | null>(null)
  const [opened, setOpened] = useState<OpenedForecast | null>(null)
  useEffect(() => {
    const started = startForecaster()
    setEngine(started)
    return () => started.close()
  }, [])
  useEffect(() => {
    if (!engine || !around.data || !basis.data) return
    let gone = false
    setOpened(null)
    void engine
      .open({ flow: { id, name }, graph, catalog, ...around.data }, Object.keys(basis.data.behaviour.happens))
      .then((told) => !gone && setOpened(told))
    return () => {
      gone = true
    }
  }, [engine, around.data, basis.data, id, name, graph, catalog])
  const failed = around.error ?? basis.error
  const bench = useMemo(() => (engine && opened && basis.data ? { engine, opened, basis: basis.data } : null), [engine, opened, basis.data])
  return {
    bench,
    error: failed ? new Error(failed.message) : null,
    retry: () => {
      void around.refetch()
      void basis.refetch()
    },
  }
}

/** What a forecast is made with unless somebody says otherwise. */
export function usualSetting({ opened, basis }: Bench, from: number): Setting {
  const behaviour: Behaviour = basis.behaviour
  const intake: readonly Intake[] = opened.starts
  return {
    people: basis.people,
    from,
    days: 90,
    seed: SEED,
    draws: DRAWS,
    behaviour,
    intake,
    teams: basis.teams,
    chosen: {},
    pressure: basis.pressure,
  }
}

/** How many people a sample has. */
export const usualSize = (people: number): number => Math.min(people, PEOPLE)

/** What came over the wire as the engine knows it: other passages stand still, so that nothing is held in them. */
const stateFrom = (state: Answers['forecast']['sample']['people'][number]): ContactState => ({
  ...state,
  enrolments: state.enrolments.map((it) => ({ ...it, vars: { visits: {}, here: {}, held: [], frozenMs: 0 } })),
})

/**
 * Fetches a sample, a portion at a time, and hands it over.
 * @returns false when it was stopped
 */
export async function fetchSample(
  { engine, flowId }: { engine: Forecaster; flowId: string },
  size: number,
  onProgress: (fetched: number) => boolean,
): Promise<boolean> {
  let at: Answers['forecast']['sample']['next'] = null
  for (let skip = 0; skip < size; skip += PORTION) {
    const ask = { flowId, seed: SEED, skip, limit: Math.min(PORTION, size - skip), ...(at ? { at } : {}) }
    const { people, next } = await client.forecast.sample.query(ask)
    engine.people(people.map(stateFrom), skip === 0)
    if (!onProgress(Math.min(size, skip + PORTION))) return false
    if (next === null) break
    at = next
  }
  return true
}
