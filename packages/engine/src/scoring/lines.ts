import { compareText, type DimensionRules, leftOf, sumScore } from '@baton/leads'
import { ruleKey } from '../advance/effect-key.ts'
import type { DimensionModel } from '../catalog.ts'
import { dimensionRules } from '../condition/read.ts'
import type { ContactState } from '../state/contact.ts'
import type { ContactEvent, Instant, LedgerLine, ReturnCause, RuleCause } from '../state/person.ts'
import type { AttributeRule, BehaviourRule, CompiledScoring } from './compiled.ts'

/** A line that a rule of a model gave, and not a step of a flow. */
export type RuleLine = LedgerLine & { cause: RuleCause }

export const isRuleLine = (line: LedgerLine): line is RuleLine => 'ruleId' in line.cause

/** The line of a rule about the person that holds from now on. */
export const heldLine = (
  scoring: CompiledScoring,
  { id, tag, dimension, points }: AttributeRule,
  contact: string,
  at: Instant,
): RuleLine => ({
  key: ruleKey(contact, tag, String(at)),
  dimension,
  points,
  at,
  rule: tag,
  cause: { ruleId: id, model: scoring.version },
  held: true,
})

const eventLine = (
  scoring: CompiledScoring,
  { id, tag, dimension, points }: BehaviourRule,
  contact: string,
  event: ContactEvent,
): RuleLine => ({
  key: ruleKey(contact, tag, event.id),
  dimension,
  points,
  at: event.occurredAt,
  rule: tag,
  cause: { ruleId: id, model: scoring.version, event: event.id },
})

/** What lines there are already, as the rules ask for it. */
export interface Given {
  keys: Set<string>
  /** When each rule, in its form, gave something. */
  times: Map<string, Instant[]>
}

export function givenOf(lines: readonly LedgerLine[]): Given {
  const given: Given = { keys: new Set(), times: new Map() }
  for (const line of lines) note(given, line)
  return given
}

function note({ keys, times }: Given, { key, rule, at }: LedgerLine): void {
  keys.add(key)
  const of = times.get(rule)
  if (of) of.push(at)
  else times.set(rule, [at])
}

/** The lines that an event brings, in the order of the model; they are among the given afterwards. E-351, E-352. */
export function eventLines(scoring: CompiledScoring, contact: string, given: Given, event: ContactEvent): RuleLine[] {
  return (scoring.behaviours.get(event.type) ?? []).flatMap((rule) => {
    if (!rule.where.matches(event)) return []
    const line = eventLine(scoring, rule, contact, event)
    if (given.keys.has(line.key) || !mayGive(rule, given, event.occurredAt)) return []
    note(given, line)
    return [line]
  })
}

/** Whether the rule may give points for something at an instant: no span as long as its period would hold more than it gives. E-352. */
function mayGive({ tag, atMost }: BehaviourRule, { times }: Given, at: Instant): boolean {
  if (!atMost) return true
  const near = (times.get(tag) ?? []).filter((it) => Math.abs(it - at) < atMost.ms)
  return near.length < atMost.count
}

/** What is left of a line that was cut at an instant: as old as it was, and counting from then on. */
export const cutLine = <Line extends LedgerLine>({ cut }: { cut: { line: Line; points: number } | undefined }, at: Instant): Line[] =>
  cut ? [{ ...cut.line, key: `${cut.line.key}/left/${cut.points}`, points: cut.points, since: at }] : []

/** A line that says that sales gave somebody back and the points of before were taken. */
type ReturnLine = LedgerLine & { cause: ReturnCause }

/** Whether somebody's event came before an answer of sales, which has events of its own. */
const cameBefore = (event: ContactEvent, { key, dimension, cause }: ReturnLine): boolean =>
  event.receivedAt <= cause.answered || event.id.startsWith(key.slice(0, -`score/${dimension}`.length))

/**
 * What a look back over the history changes of the lines that happenings gave: which are added, which are taken back. `state.events` holds
 * the whole history of the types that the rules ask for; what is kept no longer keeps its points. Where sales gave the person back, what
 * came before counts no more than was left of it then. E-355.
 */
export function replayed(
  scoring: CompiledScoring,
  state: ContactState,
  dimensions: readonly DimensionModel[],
): { added: RuleLine[]; ended: RuleLine[] } {
  const { key } = state.person
  const given = state.ledger.filter(isRuleLine)
  const known = new Set(state.events.map((it) => it.id))
  const current = given.filter((it) => scoring.tags.has(it.rule) && it.cause.event !== undefined)
  let wanted: RuleLine[] = current.filter((it) => !known.has(it.cause.event ?? ''))
  let all = givenOf(wanted)
  const returns = state.ledger.filter((it): it is ReturnLine => 'left' in it.cause).sort((a, b) => a.at - b.at || compareText(a.key, b.key))
  const giveBack = (it: ReturnLine) => {
    wanted = leftAt(it, wanted, state.ledger, dimensionRules(dimensions, it.dimension))
    all = givenOf(wanted)
  }
  for (const event of [...state.events].sort((a, b) => a.receivedAt - b.receivedAt || compareText(a.id, b.id))) {
    for (let next = returns[0]; next && !cameBefore(event, next); next = returns[0]) {
      giveBack(next)
      returns.shift()
    }
    wanted.push(...eventLines(scoring, key, all, event))
  }
  for (const it of returns) giveBack(it)
  const keys = new Set(wanted.map((it) => it.key))
  const had = new Set(current.map((it) => it.key))
  return {
    added: wanted.filter((it) => !had.has(it.key)),
    ended: [...given.filter((it) => !scoring.tags.has(it.rule)), ...current.filter((it) => !keys.has(it.key))],
  }
}

/** What a return leaves of lines of rules: as much as it left, but for what steps of flows gave before it and have still. */
function leftAt({ dimension, at, cause }: ReturnLine, lines: RuleLine[], ledger: readonly LedgerLine[], rules: DimensionRules): RuleLine[] {
  const steps = ledger.filter((it) => !isRuleLine(it) && it.at <= at).map((it) => ({ ...it, since: undefined }))
  const room = Math.max(0, cause.left - sumScore(steps, dimension, at, rules))
  const left = leftOf(lines, dimension, at, rules, room)
  const gone = new Set(left.ended)
  return [...lines.filter((it) => !gone.has(it)), ...cutLine(left, at)]
}

/**
 * All lines of somebody as if the model had always been there: those of steps as they are, those of rules as the history and the person say
 * now. For looking ahead; a turn writes the same, line by line.
 */
export function linesUnder(
  scoring: CompiledScoring,
  state: ContactState,
  now: Instant,
  dimensions: readonly DimensionModel[],
): LedgerLine[] {
  const { added, ended } = replayed(scoring, state, dimensions)
  const gone = new Set(ended.map((it) => it.key))
  const kept = state.ledger.filter((it) => !it.held && !gone.has(it.key))
  const held = [...scoring.attributes.values()].flatMap((rule) => {
    if (rule.when.evaluate({ now, state, enteredAt: null }).truth !== true) return []
    return [state.ledger.find((it) => it.held && it.rule === rule.tag) ?? heldLine(scoring, rule, state.person.key, now)]
  })
  return [...kept, ...added, ...held]
}
