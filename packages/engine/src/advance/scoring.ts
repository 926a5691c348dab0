import { ceilToSlot, sumScore } from '@baton/leads'
import { dimensionRules } from '../condition/read.ts'
import { eventLines, givenOf, heldLine, replayed } from '../scoring/lines.ts'
import type { ContactEvent, LedgerLine } from '../state/person.ts'
import type { Turn } from './turn.ts'

/** Among a contact's rechecks: a rule of the score model, no segment. */
export const isHeld = (id: string): boolean => id.startsWith('!')

/** Gives the points that the model's rules say of an event; gives the scores that changed. The caller looks at what asks for them. E-351. */
export function scoreEvent(turn: Turn, event: ContactEvent): readonly string[] {
  const { scoring } = turn.plan
  if (!scoring?.behaviours.has(event.type)) return []
  const { state } = turn
  const lines = eventLines(scoring, state.person.key, givenOf(state.ledger), event)
  return changeLines(turn, lines, [])
}

/**
 * Looks again at a rule about the person: its line is written when it begins to hold and taken back when it ceases to. Gives the scores that
 * changed. E-353, E-354.
 */
export function lookAtRule(turn: Turn, id: string): readonly string[] {
  const { scoring } = turn.plan
  const rule = scoring?.attributes.get(id)
  if (!scoring || !rule) {
    keepRecheck(turn, id, null)
    return []
  }
  const { truth, until } = rule.when.evaluate({ now: turn.now, state: turn.state, enteredAt: null })
  keepRecheck(turn, id, Number.isFinite(until) ? ceilToSlot(Math.max(until, turn.now + 1)) : null)
  const lines = turn.state.ledger.filter((it) => it.held && 'ruleId' in it.cause && it.cause.ruleId === rule.id)
  const kept = truth === true ? lines.find((it) => it.rule === rule.tag) : undefined
  const ended = lines.filter((it) => it !== kept)
  if (truth !== true || kept) return changeLines(turn, [], ended)
  return changeLines(turn, [heldLine(scoring, rule, turn.state.person.key, turn.now)], ended)
}

/** Brings the points of happenings to what the model of now says of the whole history; those of older models are taken back. E-355. */
export function rescore(turn: Turn): readonly string[] {
  const { scoring } = turn.plan
  if (!scoring) return []
  const { added, ended } = replayed(scoring, turn.state, turn.plan.dimensions)
  return changeLines(turn, added, ended, false)
}

/** Writes lines and takes others back; gives the scores that changed. `told`: triggers by a score hear of it. */
export function changeLines(turn: Turn, added: readonly LedgerLine[], ended: readonly LedgerLine[], told = true): readonly string[] {
  if (added.length === 0 && ended.length === 0) return []
  const dimensions = [...new Set([...added, ...ended].map((it) => it.dimension))].sort()
  const heard = told ? dimensions.filter((it) => turn.plan.index.triggers.dimensions.has(it)) : []
  const before = heard.map((it) => pointsOf(turn, it))
  const gone = new Set(ended.map((it) => it.key))
  const ledger = turn.state.ledger.filter((it) => !gone.has(it.key))
  for (const line of ended) turn.out.ended.set(line.key, line)
  for (const line of added) {
    // What was taken back in this very turn and is given again was never gone.
    const back = [...turn.out.ended.values()].find((it) => it.rule === line.rule && it.held && line.held) ?? turn.out.ended.get(line.key)
    if (back) turn.out.ended.delete(back.key)
    else turn.out.ledger.push(line)
    ledger.push(back ?? line)
  }
  turn.state = { ...turn.state, ledger }
  for (const [i, dimension] of heard.entries()) {
    turn.queue.push({ kind: 'scored', at: turn.now, dimension, before: before[i] ?? 0, after: pointsOf(turn, dimension) })
  }
  return dimensions
}

/** What the lines of a dimension come to now, in hundredths. */
export function pointsOf(turn: Turn, dimension: string): number {
  return sumScore(turn.state.ledger, dimension, turn.now, dimensionRules(turn.plan.dimensions, dimension))
}

function keepRecheck(turn: Turn, id: string, at: number | null): void {
  const { rechecks } = turn.state
  const was = Object.hasOwn(rechecks, id) ? (rechecks[id] ?? null) : null
  if (was === at) return
  const { [id]: _, ...rest } = rechecks
  turn.state = { ...turn.state, rechecks: at === null ? rest : { ...rest, [id]: at } }
  turn.out.members.set(id, { segmentId: id, since: null, recheckAt: at })
}
