import type { Decision } from '../kind.ts'
import type { Issue } from './issue.ts'
import { ANYBODY, type Cases, NOT_TRUE, TRUE, those } from './known/filter.ts'
import type { Formula } from './known/space.ts'
import { type Ways, waysOf } from './known/ways.ts'
import type { Rule } from './subject.ts'
import { listed } from './words.ts'

type Finding = Omit<Issue, 'nodes' | 'severity'>

/**
 * Conditions that nothing can satisfy, and cases that nobody can come by: contradicted by themselves, by the way that leads here, or taken
 * by the cases above. E-320 to E-322.
 */
export const caseNever: Rule = (subject) => {
  const ways = waysOf(subject)
  return [...subject.nodes.values()].flatMap(({ id, kind, config }) => {
    const decision = kind.decides?.(config)
    const found = decision ? decided(decision, ways, ways.at(id)) : kind.conditions(config).flatMap((it) => alone(ways.formula(it)))
    return found.map((it) => ({ ...it, severity: 'warning' as const, nodes: [id] }))
  })
}

const impossible = (formula: Formula | undefined) => formula !== undefined && those(ANYBODY, formula, TRUE).length === 0

const alone = (formula: Formula | undefined): Finding[] =>
  impossible(formula)
    ? [{ code: 'case-contradiction', say: 'This can never become true: its conditions exclude one another. Change one of them.' }]
    : []

function decided({ cases, otherwise }: Decision, ways: Ways, here: Cases | undefined): Finding[] {
  const found: Finding[] = []
  const above: { name: string; formula: Formula }[] = []
  // Nobody comes here at all: that is told where the way ends.
  let left = here !== undefined && here.length > 0 ? here : ANYBODY
  const come = left
  for (const { name, path, when } of cases) {
    const formula = when ? ways.formula(when) : undefined
    if (!formula) continue
    if (impossible(formula)) {
      const say = `Nobody can ever go to ${name}: its conditions exclude one another. Change one of them, or remove the case.`
      found.push({ code: 'case-contradiction', path, say })
    } else if (otherwise !== null && those(come, formula, TRUE).length === 0) {
      const say = `Nobody who comes here can go to ${name}: the way that leads here lets only others through. Change the case, or what stands before.`
      found.push({ code: 'case-excluded', path, say })
    } else if (otherwise !== null && those(left, formula, TRUE).length === 0) {
      found.push({ code: 'case-shadowed', path, say: shadowed(name, formula, above, come) })
    }
    if (otherwise !== null) left = those(left, formula, NOT_TRUE)
    above.push({ name, formula })
  }
  return found
}

/** "Warm can never be reached: it is covered by Qualified." */
function shadowed(name: string, formula: Formula, above: readonly { name: string; formula: Formula }[], come: Cases): string {
  const one = above.find((it) => those(those(come, it.formula, NOT_TRUE), formula, TRUE).length === 0)
  const by = one ? one.name : `${listed(above.map((it) => it.name))} together`
  return `Nobody can go to ${name}: it is covered by ${by}, which is asked first. Put ${name} above, or narrow what stands there.`
}
