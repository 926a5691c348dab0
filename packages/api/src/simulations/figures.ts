import type { SimulationRow } from '@baton/db'
import type { Backtest, FlowForecast } from '@baton/engine'
import { z } from 'zod'

const head = { flowId: z.string(), from: z.number(), days: z.number(), people: z.number(), sample: z.number(), stretches: z.number() }
const counted = {
  totals: z.record(z.string(), z.unknown()),
  nodes: z.array(z.object({ node: z.string() })),
  edges: z.array(z.object({ node: z.string() })),
}
const forecastHead = z.object({
  ...head,
  ...counted,
  drawn: z.array(z.unknown()),
  queueOver: z.array(z.unknown()),
  notes: z.array(z.unknown()),
})
const backtestHead = z.object({ ...head, draft: z.object(counted), live: z.object(counted).nullable(), different: z.array(z.unknown()) })

/** Figures come from this very engine and are stored whole: that they are such is looked at, not each of them. */
const forecastFigures = z.custom<FlowForecast>((value) => forecastHead.safeParse(value).success)
const backtestFigures = z.custom<Backtest>((value) => backtestHead.safeParse(value).success)

type Stored = Pick<SimulationRow, 'kind' | 'figures'>

/** The figures of a forecast; null where it is none, or is not made yet. */
export const forecastIn = ({ kind, figures }: Stored): FlowForecast | null =>
  kind === 'forecast' ? (forecastFigures.safeParse(figures).data ?? null) : null

/** The figures of a back-test; null where it is none, or is not made yet. */
export const backtestIn = ({ kind, figures }: Stored): Backtest | null =>
  kind === 'backtest' ? (backtestFigures.safeParse(figures).data ?? null) : null
