import {
  type Catalog,
  carriedInMail,
  emptyCatalog,
  type FieldDefinition,
  type FlowGraph,
  flowDigest,
  parseNode,
  qualifiesOf,
} from '@baton/engine'
import { z } from 'zod'
import { storedDimension } from '../scores/model.ts'
import type { Bundle } from './schema.ts'
import { takers, worksBy } from './teams.ts'

const text = (key: string, label: string): FieldDefinition => ({ key, label, type: 'text' })

/** The fields that every workspace has; the first migration makes them. */
export const SYSTEM_FIELDS: readonly FieldDefinition[] = [
  text('email', 'E-mail'),
  text('first_name', 'First name'),
  text('last_name', 'Last name'),
  text('phone', 'Phone'),
  text('company', 'Company'),
  text('job_title', 'Job title'),
  text('country', 'Country'),
  text('zone', 'Time zone'),
  text('language', 'Language'),
  { key: 'tags', label: 'Tags', type: 'tags' },
]

/** What the flows of a bundle may refer to: what it brings, and what is everywhere. */
export function bundleCatalog(bundle: Bundle): Catalog {
  const {
    flows,
    fields,
    segments,
    templates,
    teams,
    calendars,
    dimensions,
    topics,
    forms,
    agreements,
    scoreModel,
    secrets,
    sending,
    zone,
  } = bundle
  const own = new Set(fields.map((it) => it.key))
  const general = topics.some((it) => it.id === GENERAL.id) ? [] : [GENERAL]
  const catalog: Catalog = {
    ...emptyCatalog(zone),
    fields: [...SYSTEM_FIELDS.filter((it) => !own.has(it.key)), ...fields],
    segments: segments.map(({ id, name, list, condition }) => ({ id, name, ...(list ? { list } : { condition }) })),
    templates: templates.map(({ id, name, purpose, topic = null, subject, preheader, body, text }) => ({
      ...{ id, name, purpose, topic },
      takes: carriedInMail([subject, preheader, body, text].join(' ')),
    })),
    teams: teams.map((it) => ({ id: it.id, name: it.name, members: takers(it), calendarIds: worksBy(it) })),
    calendars: calendars.map(({ id, name, zone: own, hours, holidays }) => ({
      id,
      name,
      zone: own,
      hours,
      holidays: holidays.map((it) => it.date),
    })),
    dimensions: dimensions.map((it) => storedDimension(it, undefined)),
    grade: scoreModel?.grade ?? null,
    topics: [...general, ...topics.map(({ id, name }) => ({ id, name }))],
    forms: forms.map(({ id, name }) => ({ id, name })),
    flows: flows.map(({ id, name, graph }) => ({ id, name, version: 1, startable: startable(graph) })),
    secrets,
    agreements: agreements.map(({ id, name, content }) => ({
      id,
      name,
      version: 1,
      qualifies: qualifiesOf(content),
      signed: false,
      reviewOn: content.reviewOn,
      returns: content.returns,
    })),
    sending,
  }
  // The flows of one bundle are meant to run beside each other.
  const graphs = new Map(flows.map((it) => [it.id, it.graph]))
  return {
    ...catalog,
    flows: catalog.flows.map((it) => {
      const graph = graphs.get(it.id)
      return graph ? { ...it, runs: flowDigest(graph, catalog) } : it
    }),
  }
}

const GENERAL = { id: 'marketing', name: 'Marketing' }

/** Whether another flow can let people in: it has a start made for that. */
function startable(graph: FlowGraph): boolean {
  return graph.nodes.some((node) => {
    const parsed = parseNode(node)
    return 'ok' in parsed && parsed.ok.kind.category === 'trigger' && letsFlowsIn(parsed.ok.config)
  })
}

const fromFlow = z.object({ on: z.object({ kind: z.literal('flow') }) })
const letsFlowsIn = (config: unknown) => fromFlow.safeParse(config).success
