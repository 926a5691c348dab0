import { type Condition, isGroup, type Rule } from '@baton/engine'

/** Where a rule or group stands: the place in each group from the outside in. The empty path is the whole condition. */
export type Path = readonly number[]

/** The whole condition without anything in it. */
export const emptyCondition: Condition = { combinator: 'and', rules: [] }

/** Replaces the part at `path` by what `change` makes of it; null takes it away. Groups that fall empty go too, except the outermost. */
export function change(condition: Condition, path: Path, by: (part: Rule | Condition) => Rule | Condition | null): Condition {
  const next = at(condition, path, by)
  return next !== null && isGroup(next) ? next : { ...condition, rules: [] }
}

function at(part: Rule | Condition, path: Path, by: (part: Rule | Condition) => Rule | Condition | null): Rule | Condition | null {
  const [first, ...rest] = path
  if (first === undefined) return by(part)
  if (!isGroup(part)) return part
  const rules = part.rules.flatMap((member, place) => {
    if (place !== first) return [member]
    const next = at(member, rest, by)
    return next === null || (isGroup(next) && next.rules.length === 0 && isGroup(member) && member.rules.length > 0) ? [] : [next]
  })
  return { ...part, rules }
}

/** Adds a rule or a group at the end of the group at `path`. */
export const append = (condition: Condition, path: Path, part: Rule | Condition): Condition =>
  change(condition, path, (group) => (isGroup(group) ? { ...group, rules: [...group.rules, part] } : group))

export const remove = (condition: Condition, path: Path): Condition => change(condition, path, () => null)

/** Turns "and" into "or" for a whole group, and back. */
export const turnJoiner = (condition: Condition, path: Path): Condition =>
  change(condition, path, (group) => (isGroup(group) ? { ...group, combinator: group.combinator === 'and' ? 'or' : 'and' } : group))

/** "none of these" instead of "these", and back. */
export const turnNot = (condition: Condition, path: Path): Condition =>
  change(condition, path, (group) => (isGroup(group) ? { ...group, not: group.not !== true } : group))
