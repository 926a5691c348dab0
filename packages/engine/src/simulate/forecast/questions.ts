import type { Asks } from '../../asks.ts'
import type { CompiledTrigger } from '../../kind.ts'
import type { Plan } from '../../plan.ts'
import type { Intake } from './ahead.ts'

/** A step of the flow whose answers from outside a forecast has to assume. */
export interface Question {
  node: string
  asks: Asks
}

/** Over how many days everybody comes in where nobody can tell how often it happens. */
const SPREAD_DAYS = 28

/** The starts of a flow at which a forecast decides how people come in; the others let in by time or by what happens in it. */
const ARRANGED: ReadonlySet<CompiledTrigger['on']['kind']> = new Set(['segment-joined', 'event', 'field', 'score', 'api', 'flow', 'manual'])

/** What a forecast of this flow has to be told, or assume: how people come in, and how they and others answer. */
export function questionsOf(plan: Plan, flowId: string): { starts: readonly Intake[]; questions: readonly Question[] } {
  const version = plan.flows.get(flowId)?.entry
  const arranged = (version?.triggers ?? []).filter((it) => ARRANGED.has(it.trigger.on.kind))
  let everybodyIn = arranged.some((it) => it.trigger.on.kind === 'segment-joined')
  const starts = arranged.map(({ node, trigger }): Intake => {
    if (trigger.on.kind === 'segment-joined') return { node, how: 'matching' }
    // One start for everybody: who has come in by one does not come by the next.
    const first = !everybodyIn
    everybodyIn = true
    return first ? { node, how: 'everybody', days: SPREAD_DAYS } : { node, how: 'rate', perWeek: 0 }
  })
  const questions = [...(version?.nodes ?? [])].flatMap(([node, { asks }]) => (asks ? [{ node, asks }] : []))
  return { starts, questions }
}
