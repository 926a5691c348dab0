import { type Condition, condition, type FieldDefinition, type FlowGraph, type GraphError, parseGraph } from '@baton/engine'
import { canonicalZone } from '@baton/leads'
import { z } from 'zod'
import type { DimensionEdit } from '../scores/model.ts'

/** Format of a bundle. A file with a higher number comes from a newer Baton. */
export const BUNDLE_FORMAT = 1

const id = z.string().min(1).max(64)
const named = { id, name: z.string().trim().min(1).max(200) }

const field = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'has small letters, digits and _ only, and starts with a letter'),
  label: z.string().trim().min(1).max(100),
  type: z.enum(['text', 'number', 'boolean', 'date', 'datetime', 'choice', 'tags']),
  options: z.array(z.string().min(1).max(200)).max(200).optional(),
  afterOutcome: z.boolean().optional(),
})

const template = z.strictObject({
  ...named,
  purpose: z.enum(['marketing', 'transactional']).default('marketing'),
  subject: z.string().max(1000).default(''),
  preheader: z.string().max(1000).default(''),
  body: z.string().max(1_000_000).default(''),
  text: z.string().max(1_000_000).default(''),
})

const days = z.int().min(1).max(730).nullable().optional()
const zone = z.string().refine((name) => canonicalZone(name) !== undefined, 'is no time zone. Write it as Europe/Berlin')

/** The graphs are read by the engine, which says more of what is wrong with them. */
const bundle = z.strictObject({
  format: z.literal(BUNDLE_FORMAT).default(BUNDLE_FORMAT),
  flows: z
    .array(z.strictObject({ ...named, graph: z.unknown() }))
    .min(1, 'holds no flow')
    .max(200),
  fields: z.array(field).max(2000).default([]),
  segments: z
    .array(z.strictObject({ ...named, condition }))
    .max(2000)
    .default([]),
  templates: z.array(template).max(2000).default([]),
  /** `members`: how many take leads. Who they are stays at home. */
  teams: z
    .array(z.strictObject({ ...named, members: z.int().min(0).max(1000).default(1) }))
    .max(200)
    .default([]),
  dimensions: z
    .array(
      z.strictObject({
        id,
        name: z.string().trim().min(1).max(60),
        halfLifeDays: days,
        expiryDays: days,
        cap: z.int().min(1).max(100_000_000).nullable().optional(),
      }),
    )
    .max(12)
    .default([
      { id: 'fit', name: 'Fit' },
      { id: 'engagement', name: 'Engagement' },
    ]),
  zone: zone.default('UTC'),
})

/** Flows with everything they name, in one file (SEMANTICS 11). Persons and secrets are never in it. */
export interface Bundle {
  format: typeof BUNDLE_FORMAT
  flows: { id: string; name: string; graph: FlowGraph }[]
  fields: FieldDefinition[]
  segments: { id: string; name: string; condition: Condition }[]
  templates: z.infer<typeof template>[]
  teams: { id: string; name: string; members: number }[]
  /** `cap` in hundredths of a point. */
  dimensions: DimensionEdit[]
  zone: string
}

const singleFile = z.object({ baton: z.literal('flow'), name: z.string(), graph: z.unknown() })

/** A bare graph, or a flow as the editor exports it, as the bundle it is short for. */
function widened(input: unknown, name: string): unknown {
  if (typeof input !== 'object' || input === null) return input
  const single = singleFile.safeParse(input)
  if (single.success) return { flows: [{ id: 'flow', name: single.data.name, graph: single.data.graph }] }
  return 'nodes' in input ? { flows: [{ id: 'flow', name, graph: input }] } : input
}

function readGraphs(flows: z.infer<typeof bundle>['flows']): { read: Bundle['flows']; error: GraphError[] } {
  const read: Bundle['flows'] = []
  const error: GraphError[] = []
  for (const [i, flow] of flows.entries()) {
    const parsed = parseGraph(flow.graph)
    if ('ok' in parsed) read.push({ ...flow, graph: parsed.ok })
    else error.push(...parsed.error.map(({ path, message }) => ({ path: `flows.${i}.graph.${path}`, message })))
  }
  return { read, error }
}

/** Ids that stand twice in one list: nobody could say which is meant. */
function doubles(lists: Readonly<Record<string, readonly string[]>>): GraphError[] {
  return Object.entries(lists).flatMap(([name, ids]) =>
    [...new Set(ids.filter((one, i) => ids.indexOf(one) < i))].map((one) => ({
      path: name,
      message: `has “${one}” twice. Give each its own.`,
    })),
  )
}

/**
 * Reads a bundle, a flow as the editor exports it, or a bare graph. Says every fault with its path.
 * @param name what a flow is called that brings no name, e.g. the name of its file
 */
export function readBundle(input: unknown, name = 'Flow'): { ok: Bundle } | { error: readonly GraphError[] } {
  const parsed = bundle.safeParse(widened(input, name))
  if (!parsed.success) return { error: parsed.error.issues.map((it) => ({ path: it.path.map(String).join('.'), message: it.message })) }
  const { flows, fields, segments, templates, teams, ...rest } = parsed.data
  const { read, error } = readGraphs(flows)
  const ids = (of: readonly { id: string }[]) => of.map((it) => it.id)
  const twice = {
    flows: ids(flows),
    fields: fields.map((it) => it.key),
    segments: ids(segments),
    templates: ids(templates),
    teams: ids(teams),
  }
  const all = [...error, ...doubles(twice)]
  return all.length === 0 ? { ok: { ...rest, flows: read, fields, segments, templates, teams } } : { error: all }
}
