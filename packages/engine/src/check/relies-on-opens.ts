import { conditionReferences } from '../graph/references.ts'
import type { Rule } from './subject.ts'

/** What tells that a mail was opened: often a machine, and often nothing although a person did. */
const OPENED = 'mail.opened'

/** Steps that send people one way or another by whether they opened a mail. E-324. */
export const reliesOnOpens: Rule = ({ nodes }) =>
  [...nodes.values()].flatMap(({ id, kind, config }) => {
    const asked = [...kind.references(config), ...kind.conditions(config).flatMap(conditionReferences)]
    if (!asked.some((it) => it.kind === 'event' && it.id === OPENED)) return []
    return [
      {
        code: 'relies-on-opens',
        severity: 'warning' as const,
        nodes: [id],
        say: 'Whether a mail was opened is not known for sure: mail programs open it by themselves, or hide it. Ask for a click or a visit instead.',
      },
    ]
  })
