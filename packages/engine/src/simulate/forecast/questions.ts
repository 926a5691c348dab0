import type { Asks } from '../../asks.ts'
import type { CompiledTrigger } from '../../kind.ts'
import type { Plan } from '../../plan.ts'
import type { Intake } from './ahead.ts'
import { isAnswer } from './forecast.ts'

/** A step of the flow whose answers from outside a forecast has to assume. */
export interface Question {
  node: string
  asks: Asks
}

/** Over how many days everybody comes in where nobody can tell how often it happens. */
const SPREAD_DAYS = 28

/** The starts of a flow at which a forecast decides how people come in; the others let in by time or by what happens in it. */
const ARRANGED: ReadonlySet<CompiledTrigger['on']['kind']> = new Set(['segment-joined', 'event', 'field', 'score', 'api', 'flow', 'manual'])

/**
 * What a forecast of this flow has to be told, or assume: how people come in, how they and others answer, and what they do by themselves.
 * @param happens types of events of which it was counted how often they happen
 */
export function questionsOf(
  plan: Plan,
  flowId: string,
  happens: ReadonlySet<string> = new Set(),
): { starts: readonly Intake[]; questions: readonly Question[]; deeds: readonly string[] } {
  const version = plan.flows.get(flowId)?.entry
  const arranged = (version?.triggers ?? []).filter((it) => ARRANGED.has(it.trigger.on.kind))
  let everybodyIn = arranged.some((it) => it.trigger.on.kind === 'segment-joined')
  const starts = arranged.map(({ node, trigger }): Intake => {
    if (trigger.on.kind === 'segment-joined') return { node, how: 'matching' }
    if (trigger.on.kind === 'event' && happens.has(trigger.on.type)) {
      everybodyIn = true
      return { node, how: 'happening' }
    }
    // One start for everybody: who has come in by one does not come by the next.
    const first = !everybodyIn
    everybodyIn = true
    return first ? { node, how: 'everybody', days: SPREAD_DAYS } : { node, how: 'rate', perWeek: 0 }
  })
  const questions = [...(version?.nodes ?? [])].flatMap(([node, { asks }]) => (asks ? [{ node, asks }] : []))
  const listened = [...plan.reads.events.keys(), ...plan.index.triggers.events.keys(), ...(plan.scoring?.behaviours.keys() ?? [])]
  const deeds = [...new Set(listened)].filter((it) => !isAnswer(it)).sort()
  return { starts, questions, deeds }
}
