import type { Reads } from '../condition/compiled.ts'

/** Everything that any of the parts reads; of an event type the longest history. */
export function unionReads(parts: Iterable<Reads>): Reads {
  const fields = new Set<string>()
  const events = new Map<string, number>()
  const segments = new Set<string>()
  const dimensions = new Set<string>()
  const related = new Set<string>()
  const flows = new Set<string>()
  const ways = new Set<string>()
  let stage = false
  let owner = false
  let consent = false
  for (const part of parts) {
    for (const it of part.fields) fields.add(it)
    for (const [type, days] of part.events) events.set(type, Math.max(days, events.get(type) ?? 0))
    for (const it of part.segments) segments.add(it)
    for (const it of part.dimensions) dimensions.add(it)
    for (const it of part.related) related.add(it)
    for (const it of part.flows) flows.add(it)
    for (const it of part.ways) ways.add(it)
    stage ||= part.stage
    owner ||= part.owner
    consent ||= part.consent
  }
  return { fields, events, segments, dimensions, related, flows, ways, stage, owner, consent }
}
