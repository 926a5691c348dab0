import { askedBy, askedIn } from './asked.ts'
import type { Rule } from './subject.ts'

/** What tells that a mail was opened: often a machine, and often nothing although a person did. */
const OPENED = 'mail.opened'

/** Steps that send people one way or another by whether they opened a mail, also by a segment or an agreement that asks for it. E-324. */
export const reliesOnOpens: Rule = ({ nodes, catalog }) =>
  [...nodes.values()].flatMap(({ id, kind, config }) => {
    const asked = [...askedBy(kind.references(config), catalog), ...askedIn(kind.conditions(config), catalog)]
    const opened = asked.find(({ of }) => of.kind === 'event' && of.id === OPENED)
    if (!opened) return []
    const where = opened.by === null ? '' : ` “${opened.by}” goes by it.`
    return [
      {
        code: 'relies-on-opens',
        severity: 'warning' as const,
        nodes: [id],
        say: `Whether a mail was opened is not known for sure: mail programs open it by themselves, or hide it.${where} Ask for a click or a visit instead.`,
      },
    ]
  })
