import { dateValues, type FlowRow, peopleWhoDid, peopleWhoJoined, type Sql, segmentSize } from '@baton/db'
import { type Catalog, type CompiledTrigger, emptyState, type FlowGraph, type Person, triggersOf } from '@baton/engine'

const DAY = 86_400_000
/** How far a count of dates looks ahead. */
export const DATES_AHEAD = 30

/** The ways into a flow that a launch has to do with. */
export interface Entries {
  /** Whoever joins a segment: people may match already. */
  segments: { node: string; segmentId: string }[]
  /** What fires by time: planned for everybody who has the field or the score. */
  dated: { node: string; field?: string | undefined; dimension?: string | undefined }[]
}

/** What of a flow's triggers a launch has to set going. */
export function entriesOf(triggers: readonly { node: string; trigger: CompiledTrigger }[]): Entries {
  const segments: Entries['segments'] = []
  const dated: Entries['dated'] = []
  for (const { node, trigger } of triggers) {
    const { on } = trigger
    if (on.kind === 'segment-joined') segments.push({ node, segmentId: on.segmentId })
    if (on.kind === 'date') dated.push({ node, field: on.key })
    if (on.kind === 'score' && trigger.nextDate) dated.push({ node, dimension: on.dimension })
  }
  return { segments, dated }
}

/** What a launch shows of who comes in, before it is done. */
export interface EntryPreview {
  /** Segments by which people enter, and how many match now. `building`: the segment is still being counted. */
  matching: { node: string; segmentId: string; name: string; people: number; building: boolean }[]
  /** Dates: how many people have one at all, and how many come in by it within the next days. */
  dates: { node: string; label: string; people: number; soon: number }[]
  /** Schedules: the next three times, and how many people would come in now. */
  times: { node: string; name: string; people: number; next: number[] }[]
  /** Who will come in within the next seven days, start by start. `how`: it is known by date, planned, or as often as it was of late. */
  week: WeekLine[]
}

export interface WeekLine {
  node: string
  how: 'dates' | 'schedule' | 'joins' | 'events'
  /** The field, the segment, the type of events. */
  name: string
  people: number
}

/** Ahead, and how far back is looked for how often something happens: in weeks. */
const WEEK = 7 * DAY
const LOOKED_BACK = 4

export async function entryPreview(sql: Sql, graph: FlowGraph, catalog: Catalog, now: number): Promise<EntryPreview> {
  const preview: EntryPreview = { matching: [], dates: [], times: [], week: [] }
  const past = { since: now - LOOKED_BACK * WEEK, until: now }
  const nameOf = (id: string) => catalog.segments.find((it) => it.id === id)?.name ?? 'A segment that is gone'
  for (const { node, trigger } of triggersOf(graph, catalog)) {
    const { on } = trigger
    if (on.kind === 'segment-joined') {
      const size = await segmentSize(sql, on.segmentId)
      if (size) preview.matching.push({ node, segmentId: on.segmentId, name: nameOf(on.segmentId), ...size })
      const joined = await peopleWhoJoined(sql, { segmentId: on.segmentId, ...past })
      const weeks = Math.max(1, (now - joined.since) / WEEK)
      preview.week.push({ node, how: 'joins', name: nameOf(on.segmentId), people: Math.round(joined.people / weeks) })
    }
    if (on.kind === 'schedule') {
      const size = await segmentSize(sql, on.segmentId)
      const next = nextTimes(trigger, now)
      preview.times.push({ node, name: nameOf(on.segmentId), people: size?.people ?? 0, next })
      const soon = (next[0] ?? Number.POSITIVE_INFINITY) <= now + WEEK
      preview.week.push({ node, how: 'schedule', name: nameOf(on.segmentId), people: soon ? (size?.people ?? 0) : 0 })
    }
    if (on.kind === 'date') {
      const label = catalog.fields.find((it) => it.key === on.key)?.label ?? on.key
      const { week, ...of } = await soonOf(sql, on.key, trigger, now)
      preview.dates.push({ node, label, ...of })
      preview.week.push({ node, how: 'dates', name: label, people: week })
    }
    if (on.kind === 'event') {
      const did = await peopleWhoDid(sql, { type: on.type, ...past })
      preview.week.push({ node, how: 'events', name: on.type, people: Math.round(did / LOOKED_BACK) })
    }
  }
  return preview
}

/** The next three times of a schedule. */
export function nextTimes({ nextTime }: CompiledTrigger, now: number): number[] {
  const found: number[] = []
  for (let at = nextTime?.(now) ?? null; at !== null && found.length < 3; at = nextTime?.(at) ?? null) found.push(at)
  return found
}

/** How many have the date, and for how many its moment comes soon, by the workspace's clock: zones of people move a day at most. */
async function soonOf(
  sql: Sql,
  field: string,
  trigger: CompiledTrigger,
  now: number,
): Promise<{ people: number; soon: number; week: number }> {
  let people = 0
  let soon = 0
  let week = 0
  for (const { value, n } of await dateValues(sql, field)) {
    const state = emptyState({ ...SOMEBODY, fields: { [field]: value } })
    const next = trigger.nextDate?.({ now, state, enteredAt: null }, now)
    people += n
    if (next && next.at <= now + DATES_AHEAD * DAY) soon += n
    if (next && next.at <= now + WEEK) week += n
  }
  return { people, soon, week }
}

const SOMEBODY: Person = {
  id: 0,
  key: '',
  zone: null,
  ownerSide: 'marketing',
  ownerId: null,
  stage: 'name',
  fields: {},
  folded: {},
  consent: {},
  suppressed: null,
  createdAt: 0,
}

/** The triggers by segment of the version that runs. */
export const liveSegments = ({ liveGraph }: FlowRow, catalog: Catalog): Entries['segments'] =>
  liveGraph ? entriesOf(triggersOf(liveGraph, catalog)).segments : []
