import { collapseSubFlows, type FieldDefinition, type FlowGraph, type GraphError, parseGraph, scoreModel } from '@baton/engine'
import { z } from 'zod'
import { agreement, calendar, dimension, field, flowTest, form, segment, sending, team, template, topic, zoneName } from './parts.ts'
import { teamFaults } from './teams.ts'

/** Format of a bundle. A file with a higher number comes from a newer Baton. */
export const BUNDLE_FORMAT = 1

const id = z.string().min(1).max(64)
const list = <T extends z.ZodType>(of: T, most = 2000) => z.array(of).max(most).default([])

/** The graphs are read by the engine, which says more of what is wrong with them. */
const bundle = z.strictObject({
  format: z.literal(BUNDLE_FORMAT).default(BUNDLE_FORMAT),
  flows: z
    .array(z.strictObject({ id, name: z.string().trim().min(1).max(200), graph: z.unknown() }))
    .min(1, 'holds no flow. Export one from its page, or with `baton flow export`')
    .max(200),
  fields: list(field),
  segments: list(segment),
  templates: list(template),
  teams: list(team, 200),
  calendars: list(calendar, 200),
  dimensions: z
    .array(dimension)
    .max(12)
    .default([
      { id: 'fit', name: 'Fit' },
      { id: 'engagement', name: 'Engagement' },
    ]),
  topics: list(topic, 200),
  forms: list(form, 200),
  agreements: list(agreement, 200),
  /** The rules that give points, and the grade; the scores themselves are the dimensions. Arrives as a draft. */
  scoreModel: scoreModel.nullable().default(null),
  tests: list(flowTest),
  /** Names of secrets that steps use. What they hold is never in a file. */
  secrets: list(z.string().min(1).max(64), 200),
  sending: sending.prefault({}),
  zone: zoneName.default('UTC'),
})

type Parsed = z.infer<typeof bundle>

/** Flows with everything they name, in one file (SEMANTICS 11). Persons and secrets are never in it. */
export interface Bundle extends Omit<Parsed, 'flows' | 'fields'> {
  flows: { id: string; name: string; graph: FlowGraph }[]
  fields: FieldDefinition[]
}

/** A bundle in which there is nothing yet. */
export const EMPTY_BUNDLE: Bundle = { ...bundle.parse({ flows: [{ id: 'x', name: 'x', graph: null }] }), flows: [] }

/** JSON Schema (2020-12) of a bundle, apart from the graphs: theirs is the flow's own. */
export const bundleJsonSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(bundle, { target: 'draft-2020-12', io: 'input' }),
  $id: 'urn:baton:bundle:1',
  title: 'Baton bundle',
})

const singleFile = z.object({ baton: z.literal('flow'), name: z.string(), graph: z.unknown() })

/** A bare graph, or a flow as the editor exports it, as the bundle it is short for. */
function widened(input: unknown, name: string): unknown {
  if (typeof input !== 'object' || input === null) return input
  const single = singleFile.safeParse(input)
  if (single.success) return { flows: [{ id: 'flow', name: single.data.name, graph: single.data.graph }] }
  return 'nodes' in input ? { flows: [{ id: 'flow', name, graph: input }] } : input
}

function readGraphs(flows: Parsed['flows']): { read: Bundle['flows']; error: GraphError[] } {
  const read: Bundle['flows'] = []
  const error: GraphError[] = []
  for (const [i, flow] of flows.entries()) {
    const parsed = parseGraph(flow.graph)
    // A published graph comes as it was drawn: the flows inside are named, not copied.
    if ('ok' in parsed) read.push({ ...flow, graph: collapseSubFlows(parsed.ok) })
    else error.push(...parsed.error.map(({ path, message }) => ({ path: `flows.${i}.graph.${path}`, message })))
  }
  return { read, error }
}

/** In a bundle tests stand beside the flows, with the flow's id. */
const withoutTests = ({ graph: { tests: _, ...graph }, ...flow }: Bundle['flows'][number]): Bundle['flows'][number] => ({ ...flow, graph })

/** Ids that stand twice in one list: nobody could say which is meant. */
function doubles(lists: Readonly<Record<string, readonly string[]>>): GraphError[] {
  return Object.entries(lists).flatMap(([name, ids]) =>
    [...new Set(ids.filter((one, i) => ids.indexOf(one) < i))].map((one) => ({
      path: name,
      message: `has “${one}” twice. Give each its own.`,
    })),
  )
}

const newer = z.object({ format: z.number().gt(BUNDLE_FORMAT) })

/**
 * Reads a bundle, a flow as the editor exports it, or a bare graph. Says every fault with its path; keys that nobody knows too.
 * @param name what a flow is called that brings no name, e.g. the name of its file
 */
export function readBundle(input: unknown, name = 'Flow'): { ok: Bundle } | { error: readonly GraphError[] } {
  const ahead = newer.safeParse(input)
  if (ahead.success && typeof input === 'object' && input !== null && 'flows' in input) {
    const message = `has format ${ahead.data.format}, from a newer Baton; this one reads up to ${BUNDLE_FORMAT}. Update Baton.`
    return { error: [{ path: 'format', message }] }
  }
  const parsed = bundle.safeParse(widened(input, name))
  if (!parsed.success) return { error: parsed.error.issues.map((it) => ({ path: it.path.map(String).join('.'), message: it.message })) }
  const { flows, ...rest } = parsed.data
  const { read, error } = readGraphs(flows)
  const tests = [...rest.tests, ...read.flatMap(({ id, graph }) => (graph.tests ?? []).map((it) => ({ ...it, flow: id })))]
  const ids = (of: readonly { id: string }[]) => of.map((it) => it.id)
  const twice = {
    flows: ids(flows),
    fields: rest.fields.map((it) => it.key),
    segments: ids(rest.segments),
    templates: ids(rest.templates),
    teams: ids(rest.teams),
    calendars: ids(rest.calendars),
    dimensions: ids(rest.dimensions),
    topics: ids(rest.topics),
    forms: ids(rest.forms),
    agreements: ids(rest.agreements),
    tests: tests.map((it) => (flows.length > 1 ? `${it.flow} ${it.id}` : it.id)),
    secrets: rest.secrets,
  }
  const all = [...error, ...doubles(twice), ...teamFaults(rest.teams, rest.calendars)]
  return all.length === 0 ? { ok: { ...rest, flows: read.map(withoutTests), tests } } : { error: all }
}
