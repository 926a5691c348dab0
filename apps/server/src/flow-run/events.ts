import { z } from 'zod'

/** Something that happens to a contact during a run, as a line of the events file says it. */
export interface RunEvent {
  line: number
  contact: string
  type: string
  props: Record<string, unknown>
  id: string
  /** When it happened, and when it came in, ms. */
  occurredAt: number
  receivedAt: number
}

const instant = z.iso
  .datetime({ offset: true, error: 'is no time. Write it as 2026-03-02T09:00:00Z' })
  .transform((text) => Date.parse(text))

const line = z.strictObject({
  contact: z.string().trim().min(1),
  type: z.string().trim().min(1).max(200),
  time: instant,
  received: instant.optional(),
  id: z.string().min(1).max(255).optional(),
  props: z.record(z.string(), z.unknown()).default({}),
})

function readLine(text: string, number: number): RunEvent | string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return `line ${number}: this is not JSON. Write one object a line.`
  }
  const parsed = line.safeParse(value)
  if (!parsed.success)
    return `line ${number}: ${parsed.error.issues.map((it) => `${it.path.map(String).join('.')} ${it.message}`.trim()).join('; ')}`
  const { time, received, id, ...rest } = parsed.data
  if (received !== undefined && received < time) return `line ${number}: it came in before it happened. Exchange time and received.`
  return { ...rest, line: number, id: id ?? `line:${number}`, occurredAt: time, receivedAt: received ?? time }
}

/**
 * Reads an events file: a JSON object a line, `{"contact", "type", "time", "received"?, "id"?, "props"?}`; empty lines are passed over.
 * @returns the events in the order in which they come in, or what is wrong, line by line
 */
export function readEvents(text: string): { ok: readonly RunEvent[] } | { error: readonly string[] } {
  const events: RunEvent[] = []
  const error: string[] = []
  for (const [i, one] of text.split(/\r?\n/).entries()) {
    if (one.trim() === '') continue
    const read = readLine(one, i + 1)
    if (typeof read === 'string') error.push(read)
    else events.push(read)
  }
  return error.length > 0 ? { error } : { ok: events.sort((a, b) => a.receivedAt - b.receivedAt || a.line - b.line) }
}
