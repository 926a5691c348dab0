import type { FlowForecast } from '@baton/engine'
import { create } from 'zustand'
import type { Setting } from './protocol.ts'

/** A forecast that was made, with what it was made with. */
export interface Made {
  forecast: FlowForecast
  setting: Setting
}

interface Kept {
  /** What is set for the next one; null: as it is known. */
  setting: Setting | null
  made: Made | null
  /** The one before: what a change is held against. */
  before: Made | null
}

const NOTHING: Kept = { setting: null, made: null, before: null }

/** Forecasts of flows while the page is open: a step is changed in the draft, and the next one stands beside the one before. */
const useKept = create<{ flows: Readonly<Record<string, Kept>> }>(() => ({ flows: {} }))

export const useForecasts = (flowId: string): Kept => useKept((state) => state.flows[flowId] ?? NOTHING)

function change(flowId: string, to: (now: Kept) => Kept): void {
  useKept.setState(({ flows }) => ({ flows: { ...flows, [flowId]: to(flows[flowId] ?? NOTHING) } }))
}

export const keepSetting = (flowId: string, setting: Setting | null) => change(flowId, (now) => ({ ...now, setting }))
export const keepMade = (flowId: string, made: Made) => change(flowId, (now) => ({ ...now, made, before: now.made }))
export const forgetBefore = (flowId: string) => change(flowId, (now) => ({ ...now, before: null }))
