import type { FlowRow, Handle } from '@baton/db'
import { questionsOf } from '@baton/engine'
import type { z } from 'zod'
import { basisOf } from '../forecast/basis.ts'
import type { ForecastSetting } from '../forecast/run.ts'
import { openSample } from '../forecast/sample.ts'
import { type forecastAsk, forecastOf, settled, storedForecast } from './setting.ts'

const DAY = 86_400_000
/** As far ahead as a page proposes. */
const USUAL_DAYS = 90

/** How much of a forecast somebody chooses who leaves the rest to what is known; `days` are as many as a page proposes, `seed` is its own. */
export interface Usual {
  now: number
  /** So many people are played. */
  size: number
  days?: number | undefined
  seed?: string | undefined
}

/** A forecast from today on with what is known of how people behave and come in, as the page proposes it. */
export async function usualAsk(
  db: Handle,
  flow: FlowRow,
  { now, size, days = USUAL_DAYS, seed = 'forecast' }: Usual,
): Promise<z.infer<typeof forecastAsk>> {
  const { behaviour } = await basisOf(db, flow.id, now)
  const { plan } = await openSample(db, flow, now)
  const { starts } = questionsOf(plan, flow.id, new Set(Object.keys(behaviour.happens)))
  return { kind: 'forecast', from: Math.floor(now / DAY) * DAY, days, seed, size, behaviour, intake: [...starts], teams: [] }
}

/** The same, ready to be played. @throws PRECONDITION_FAILED when the draft does not hang together */
export async function usualForecast(db: Handle, flow: FlowRow, of: Usual): Promise<ForecastSetting> {
  const ask = await usualAsk(db, flow, of)
  return forecastOf(storedForecast.parse(await settled(db, ask, await basisOf(db, flow.id, of.now))))
}
