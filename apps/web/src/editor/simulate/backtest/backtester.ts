import type { Backtest, RecordedPerson } from '@baton/engine'
import { type Player, startPlayer } from '../player.ts'
import type { Beside, OpenedBacktest, Setting } from './protocol.ts'

/** Back-tests of one draft, made beside the page. */
export type Backtester = Player<Beside, RecordedPerson, Setting, OpenedBacktest, Backtest>

export const startBacktester = (): Backtester =>
  startPlayer(new Worker(new URL('./backtest.worker.ts', import.meta.url), { type: 'module' }), 'The back-test stopped. Reload the page.')
