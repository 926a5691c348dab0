import { z } from 'zod'
import { LATE_MS } from '../../advance/turn.ts'
import type { InboxItem } from '../../state/input.ts'
import { type SalesWord, wordOf } from './coming.ts'

/** What a line of the events file says: something the contact did, a fact that changes, or what the world answers. */
export type Happening =
  | { do: 'event'; type: string; props: Record<string, unknown>; id: string }
  | { do: 'fields'; set: Record<string, string | number | boolean | string[] | null> }
  | { do: 'consent'; topic: string; given: boolean }
  | { do: 'list'; segmentId: string; on: boolean }
  | { do: 'related'; of: 'company' | 'opportunity' | 'purchase'; id: string; data: Record<string, unknown> | null }
  | { do: 'enrol'; flowId: string; node: string; key: string; data: Record<string, string | number | boolean> | undefined }
  | ({ do: 'sales' } & SalesWord)
  | { do: 'webhook'; flowId: string | null; node: string | null; status: number | null; data: unknown; why: string | null }

/** A line of the events file. */
export interface RunEvent {
  line: number
  contact: string
  /** When it happened, and when it came in, ms. */
  occurredAt: number
  receivedAt: number
  happening: Happening
}

const instant = z.iso
  .datetime({ offset: true, error: 'is no time. Write it as 2026-03-02T09:00:00Z' })
  .transform((text) => Date.parse(text))
const id = z.string().min(1).max(64)
const head = { contact: z.string().trim().min(1), time: instant }
const scalar = z.union([z.string().max(4000), z.number(), z.boolean()])

const event = z.strictObject({
  ...head,
  type: z.string().trim().min(1).max(200),
  received: instant.optional(),
  id: z.string().min(1).max(255).optional(),
  props: z.record(z.string(), z.unknown()).default({}),
})
const fields = z.strictObject({ ...head, fields: z.record(z.string().min(1).max(64), z.union([scalar, z.array(z.string()), z.null()])) })
const consent = z.strictObject({ ...head, consent: z.strictObject({ topic: id, given: z.boolean() }) })
const onList = z.strictObject({ ...head, list: z.strictObject({ id, on: z.boolean() }) })
const relatedTo = z.strictObject({
  ...head,
  related: z.strictObject({
    of: z.enum(['company', 'opportunity', 'purchase']),
    id: z.string().min(1).max(255),
    data: z.record(z.string(), z.unknown()).nullable(),
  }),
})
const enrol = z.strictObject({
  ...head,
  enrol: z.strictObject({
    flow: id,
    node: z.string().min(1).max(400),
    key: z.string().max(200).default(''),
    data: z.record(z.string().min(1).max(100), scalar).optional(),
  }),
})
const webhook = z.strictObject({
  ...head,
  webhook: z.union([
    z.strictObject({ flow: id.optional(), node: z.string().optional(), status: z.int().min(100).max(599), data: z.unknown() }),
    z.strictObject({ flow: id.optional(), node: z.string().optional(), failed: z.string().min(1).max(500), status: z.int().optional() }),
  ]),
})

type Read = Pick<RunEvent, 'contact' | 'occurredAt' | 'receivedAt' | 'happening'>

/** Each form of a line: the key that tells it, its schema, what it means. The last one is an event. */
const FORMS: readonly { key: string; read(value: unknown, line: number): z.ZodSafeParseResult<Read> }[] = [
  form('fields', fields, (it) => ({ do: 'fields', set: it.fields })),
  form('consent', consent, (it) => ({ do: 'consent', ...it.consent })),
  form('list', onList, (it) => ({ do: 'list', segmentId: it.list.id, on: it.list.on })),
  form('related', relatedTo, (it) => ({ do: 'related', ...it.related })),
  form('enrol', enrol, ({ enrol: { flow, node, key, data } }) => ({ do: 'enrol', flowId: flow, node, key, data })),
  form('webhook', webhook, ({ webhook: it }) => {
    const place = { do: 'webhook' as const, flowId: it.flow ?? null, node: it.node ?? null }
    if ('failed' in it) return { ...place, status: it.status ?? null, data: null, why: it.failed }
    return { ...place, status: it.status, data: it.data ?? null, why: null }
  }),
  form('type', event, (it, line) => happened(it, line)),
]

function form<T extends { contact: string; time: number; received?: number | undefined }>(
  key: string,
  schema: z.ZodType<T>,
  meaning: (it: T, line: number) => Happening,
) {
  const read = (value: unknown, line: number) =>
    schema
      .transform(
        (it): Read => ({ contact: it.contact, occurredAt: it.time, receivedAt: it.received ?? it.time, happening: meaning(it, line) }),
      )
      .safeParse(value)
  return { key, read }
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)

/** What sales says and does is written as the events that it is. */
function happened({ type, props, id: own }: z.infer<typeof event>, line: number): Happening {
  const word = wordOf(type, props)
  if (word) return { do: 'sales', ...word }
  return { do: 'event', type, props, id: own ?? `line:${line}` }
}

function readLine(raw: string, number: number): RunEvent | string {
  let value: unknown
  try {
    value = JSON.parse(raw)
  } catch {
    return `line ${number}: this is not JSON. Write one object a line.`
  }
  const keys: ReadonlySet<string> = new Set(typeof value === 'object' && value !== null ? Object.keys(value) : [])
  const known = FORMS.find((it) => keys.has(it.key)) ?? FORMS.at(-1)
  const parsed = known?.read(value, number)
  if (!parsed) return `line ${number}: this is no event.`
  if (!parsed.success)
    return `line ${number}: ${parsed.error.issues.map((it) => `${it.path.map(String).join('.')} ${it.message}`.trim()).join('; ')}`
  if (parsed.data.receivedAt < parsed.data.occurredAt) return `line ${number}: it came in before it happened. Exchange time and received.`
  return { ...parsed.data, line: number }
}

/**
 * Reads an events file: a JSON object a line, in one of the forms of docs/flow-format.md; empty lines are passed over.
 * @returns what happens in the order in which it comes in, or what is wrong, line by line
 */
export function readEvents(file: string): { ok: readonly RunEvent[] } | { error: readonly string[] } {
  const events: RunEvent[] = []
  const error: string[] = []
  for (const [i, one] of file.split(/\r?\n/).entries()) {
    if (one.trim() === '') continue
    const read = readLine(one, i + 1)
    if (typeof read === 'string') error.push(read)
    else events.push(read)
  }
  return error.length > 0 ? { error } : { ok: events.sort((a, b) => a.receivedAt - b.receivedAt || a.line - b.line) }
}

const BY = { kind: 'import', id: 'flow-run' } as const

/**
 * The inbox items that a line comes to at `at`. A bounce, an unsubscription and a complaint say what they mean for mail as well.
 * Answers of sales and of webhooks are no items: something has to wait for them.
 */
export function itemsOf({ happening: it, occurredAt }: RunEvent, at: number): InboxItem[] {
  switch (it.do) {
    case 'event': {
      const historic = at - occurredAt > LATE_MS ? { historic: true } : {}
      const told: InboxItem = {
        kind: 'event',
        at,
        event: { id: it.id, type: it.type, props: it.props, occurredAt, receivedAt: at, ...historic },
      }
      if (it.type === 'mail.bounced') return [{ kind: 'suppress', at, reason: 'bounced', source: BY }, told]
      if (it.type === 'mail.complained') return [{ kind: 'suppress', at, reason: 'complained', source: BY }, told]
      if (it.type === 'mail.unsubscribed')
        return [{ kind: 'consent', at, topic: text(it.props.topic) ?? 'marketing', given: false, source: BY }, told]
      return [told]
    }
    case 'fields':
      return [{ kind: 'fields', at, set: it.set, source: BY }]
    case 'consent':
      return [{ kind: 'consent', at, topic: it.topic, given: it.given, source: BY }]
    case 'list':
      return [{ kind: 'list', at, segmentId: it.segmentId, on: it.on, source: BY }]
    case 'related':
      return [{ kind: 'related', at, of: it.of, id: it.id, data: it.data, occurredAt }]
    case 'enrol':
      return [{ kind: 'enrol', at, flowId: it.flowId, node: it.node, key: it.key, source: BY, ...(it.data ? { data: it.data } : {}) }]
    case 'sales':
    case 'webhook':
      return []
  }
}
