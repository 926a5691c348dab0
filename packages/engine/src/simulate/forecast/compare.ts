import { type Band, bandOf } from '@baton/leads'
import { eachTotal, type FlowForecast, type TotalName } from './result.ts'

/**
 * What another setting changes: the second less the first, draw by draw. Both drew the same parameters and threw the same dice wherever the same
 * person came to the same step, so a difference is the setting's doing. S-28.
 * @returns undefined where they cannot be compared: another seed, other people, another time, another number of draws
 */
export function differences(one: FlowForecast, two: FlowForecast): Readonly<Record<TotalName, Band>> | undefined {
  const same = (['seed', 'draws', 'from', 'days', 'people', 'sample'] as const).every((it) => one[it] === two[it])
  if (!same) return undefined
  return eachTotal((name) => bandOf(two.drawn.map((it, i) => it[name] - (one.drawn[i]?.[name] ?? 0))))
}
