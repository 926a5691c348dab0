import type { BacktestInput, FlowGraph, Issue, TeamFacts } from '@baton/engine'
import type { Basis } from '../protocol.ts'

/** What a back-test is made with, beside the two versions and the people. */
export type Setting = Omit<BacktestInput, 'flowId' | 'draft' | 'live' | 'people' | 'teams'> & { teams: readonly TeamFacts[] }

/** What a draft is held against. */
export interface Beside {
  live: FlowGraph | null
  segments: Basis['segments']
  scoring: Basis['scoring']
}

/** What was found of the two versions. */
export interface OpenedBacktest {
  issues: readonly Issue[]
  /** Somebody comes in by matching a segment, of which the past is not known. */
  matches: boolean
  liveLeftOut: boolean
}
