import { compileCondition } from '../condition/compile.ts'
import type { Rule } from './subject.ts'

/** The flow's rule for leaving has to be readable; one without conditions is none. E-168. */
export const exitWhen: Rule = ({ graph, catalog }) => {
  const { exitWhen: rule } = graph.settings
  if (rule === undefined || rule.rules.length === 0) return []
  const compiled = compileCondition(rule, catalog)
  if ('ok' in compiled) return []
  return compiled.issues.map(({ say, path }) => ({
    code: 'exit-when',
    severity: 'error' as const,
    nodes: [],
    path: `settings.exitWhen.${path}`,
    say: `The flow’s rule for leaving: ${say}`,
  }))
}
