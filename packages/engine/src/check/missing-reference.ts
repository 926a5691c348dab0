import type { Catalog } from '../catalog.ts'
import { NO_GRADE } from '../condition/grade.ts'
import type { Reference } from '../kind.ts'
import type { Issue } from './issue.ts'
import type { Rule } from './subject.ts'

/** Each kind of thing a node may refer to: how it is found, and what to say when it is gone. Event types need no declaration. */
const LOOKUP: Readonly<
  Record<Reference['kind'], { has(catalog: Catalog, id: string): boolean; say(id: string, catalog: Catalog): string }>
> = {
  segment: {
    has: (catalog, id) => catalog.segments.some((it) => it.id === id),
    say: () => 'The segment chosen here is not in this workspace. Choose another.',
  },
  field: {
    has: (catalog, id) => catalog.fields.some((it) => it.key === id),
    say: (id) => `There is no field “${id}”. Choose another, or create it.`,
  },
  template: {
    has: (catalog, id) => catalog.templates.some((it) => it.id === id && it.archived !== true),
    say: (id, catalog) => {
      const away = catalog.templates.find((it) => it.id === id)
      return away
        ? `The mail “${away.name}” was put away. Choose another, or take it out again under Messages.`
        : 'The mail chosen here is not in this workspace. Choose another.'
    },
  },
  team: {
    has: (catalog, id) => catalog.teams.some((it) => it.id === id),
    say: () => 'The team chosen here is not in this workspace. Choose another.',
  },
  dimension: {
    has: (catalog, id) => catalog.dimensions.some((it) => it.id === id),
    say: (id) => `There is no score “${id}”. Choose another.`,
  },
  calendar: {
    has: (catalog, id) => catalog.calendars.some((it) => it.id === id),
    say: () => 'The calendar chosen here is not in this workspace. Choose another.',
  },
  topic: {
    has: (catalog, id) => catalog.topics.some((it) => it.id === id),
    say: () => 'The topic chosen here is not in this workspace. Choose another.',
  },
  agreement: {
    has: (catalog, id) => catalog.agreements.some((it) => it.id === id),
    say: () => 'The agreement chosen here is not in this workspace. Choose another.',
  },
  grade: {
    has: (catalog) => !!catalog.grade,
    say: () => NO_GRADE,
  },
  flow: {
    has: (catalog, id) => catalog.flows.some((it) => it.id === id),
    say: () => 'The flow chosen here is not in this workspace. Choose another.',
  },
  user: {
    has: (catalog, id) => catalog.users.some((it) => it.id === id),
    say: () => 'The person chosen here is no longer a user of this workspace. Choose another.',
  },
  form: {
    has: (catalog, id) => catalog.forms.some((it) => it.id === id),
    say: () => 'The form chosen here is not in this workspace. Choose another.',
  },
  secret: {
    has: (catalog, id) => catalog.secrets.includes(id),
    say: (id) => `There is no secret with the name “${id}”. Add it in the settings, or choose another.`,
  },
  event: { has: () => true, say: () => '' },
}

/** Segments, fields, templates, teams and scores that a node names and that are not there. Those within conditions are told by the condition. */
export const missingReference: Rule = ({ nodes, catalog }) => {
  const issues: Issue[] = []
  for (const { id, kind, config } of nodes.values()) {
    for (const reference of kind.references(config)) {
      const { has, say } = LOOKUP[reference.kind]
      if (has(catalog, reference.id)) continue
      issues.push({ code: `missing-${reference.kind}`, severity: 'error', nodes: [id], say: say(reference.id, catalog), around: true })
    }
  }
  return issues
}
