import type { Backtest, BacktestInput, FlowGraph, Issue, RecordedPerson } from '@baton/engine'
import type { Basis } from '../protocol.ts'

/** What a back-test is made with, beside the two versions and the people. */
export type Setting = Omit<BacktestInput, 'flowId' | 'draft' | 'live' | 'people'>

/** What a draft is held against. */
export interface Beside {
  live: FlowGraph | null
  segments: Basis['segments']
}

/** What the page tells the worker. */
export type Tell =
  | { tell: 'open'; basis: Basis; beside: Beside }
  | { tell: 'people'; people: readonly RecordedPerson[]; first: boolean }
  | { tell: 'run'; run: number; setting: Setting }
  | { tell: 'cancel' }

/** What the worker tells the page. */
export type Told =
  | { told: 'opened'; issues: readonly Issue[]; matches: boolean; liveLeftOut: boolean }
  | { told: 'progress'; run: number; done: number }
  | { told: 'done'; run: number; backtest: Backtest }
  | { told: 'failed'; run: number; why: string }
