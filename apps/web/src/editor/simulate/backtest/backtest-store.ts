import type { Backtest } from '@baton/engine'
import { create } from 'zustand'

const useKept = create<{ flows: Readonly<Record<string, Backtest>> }>(() => ({ flows: {} }))

/** The last back-test of a flow, while the page is open. */
export const useBacktest = (flowId: string): Backtest | null => useKept((state) => state.flows[flowId] ?? null)

export const keepBacktest = (flowId: string, made: Backtest) => useKept.setState(({ flows }) => ({ flows: { ...flows, [flowId]: made } }))
