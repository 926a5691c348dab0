import type { ContactState, FlowForecast } from '@baton/engine'
import { type Player, startPlayer } from '../player.ts'
import type { OpenedForecast, Setting } from './protocol.ts'

/** Forecasts of one draft, made beside the page. Beside it: types of events of which it was counted how often they happen. */
export type Forecaster = Player<readonly string[], ContactState, Setting, OpenedForecast, FlowForecast>

export const startForecaster = (): Forecaster =>
  startPlayer(new Worker(new URL('./forecast.worker.ts', import.meta.url), { type: 'module' }), 'The forecast stopped. Reload the page.')
