import type { Issue } from '../../check/issue.ts'
import { compileWhere } from '../../condition/where.ts'
import { UNDECIDED } from '../../state/result.ts'
import { fault } from '../base.ts'
import { isWhole } from './draw.ts'
import { wayName } from './names.ts'
import type { SplitConfig } from './schema.ts'

type Found = Omit<Issue, 'nodes'>

/** What is wrong with a split: shares that do not make 100, and what an experiment needs. */
export function checkSplit({ ways, goal }: SplitConfig): Found[] {
  const [first] = ways
  if (!first || ways.length === 1)
    return [fault('split.ways', 'ways', 'Add a second way, or take this step away: everybody goes the same way.')]
  return [...checkWays(ways), ...checkGoal(goal, ways)]
}

function checkWays(ways: SplitConfig['ways']): Found[] {
  const ids = ways.map((it) => it.id)
  const found = ways.flatMap(({ id, weight }, i) => {
    const name = wayName(ways, i)
    if (ids.indexOf(id) !== i || id === UNDECIDED)
      return [fault('split.id', `ways.${i}`, `Two ways are one. Remove ${name} and add it again.`)]
    if (weight === null || weight < 0 || weight > 100 || Math.abs(weight * 100 - Math.round(weight * 100)) > 1e-6)
      return [fault('split.weight', `ways.${i}.weight`, `Give ${name} a share from 0 to 100, with two decimals at most.`)]
    return []
  })
  if (found.length > 0) return found
  const weights = ways.map((it) => it.weight ?? 0)
  if (isWhole(weights)) return []
  const sum = Math.round(weights.reduce((total, it) => total + it, 0) * 100) / 100
  const rest = Math.round((100 - sum) * 100) / 100
  const deed = rest > 0 ? `Give ${rest} more to one of them` : `Take ${-rest} away from one of them`
  return [fault('split.sum', 'ways', `The shares add up to ${sum}, not to 100. ${deed}.`)]
}

function checkGoal(goal: SplitConfig['goal'], ways: SplitConfig['ways']): Found[] {
  const held = ways.filter((it) => it.holdOut).length
  const many = held > 1 ? [fault('split.hold-out', 'ways', 'Only one way can be the hold-out. Choose one.')] : []
  if (!goal) {
    const without = 'A hold-out needs something to compare by. Say what counts as success, or take the hold-out away.'
    return [...many, ...(held === 1 ? [fault('split.goal', 'goal', without)] : [])]
  }
  const days = goal.days !== null && Number.isInteger(goal.days) && goal.days >= 1 && goal.days <= 365
  const where = compileWhere(goal.where)
  return [
    ...many,
    ...(goal.type ? [] : [fault('split.goal', 'goal.type', 'Choose the event that counts as success.')]),
    ...(days ? [] : [fault('split.days', 'goal.days', 'Say within how many days it must happen: from 1 to 365.')]),
    ...('issues' in where ? where.issues.map((it) => fault('split.where', `goal.where.${it.path}`, it.say)) : []),
  ]
}
