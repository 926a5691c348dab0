import type { Catalog } from '../catalog.ts'
import { withSteps } from '../check/steps.ts'
import { condition } from '../condition/schema.ts'
import { conditionSentence } from '../condition/sentence.ts'
import type { FlowGraph } from '../graph/schema.ts'
import { diffFlows, type FlowDiff, type ValueChange } from './diff.ts'

/** One difference in words: what it is about, how it was, how it is. Null: it was not, or is no more, there. */
export interface DiffLine {
  about: string
  from: string | null
  to: string | null
}

/** What is different at one step; `node` null: the settings of the flow. */
export interface DiffPart {
  node: string | null
  how: 'added' | 'removed' | 'changed'
  name: string
  lines: readonly DiffLine[]
}

/** What is different between two graphs of one flow, step by step and value by value, in words. */
export function diffWords(
  before: FlowGraph,
  after: FlowGraph,
  catalog: Catalog,
  diff: FlowDiff = diffFlows(before, after),
): readonly DiffPart[] {
  const [was, is] = [withSteps(catalog, before), withSteps(catalog, after)]
  const names = new Map([...(was.steps ?? []), ...(is.steps ?? [])].map((it) => [it.id, it.name]))
  const ports = new Map(
    [...(was.steps ?? []), ...(is.steps ?? [])].flatMap((it) => it.ports.map((port) => [`${it.id} ${port.id}`, port.label] as const)),
  )
  const nameOf = (id: string) => names.get(id) ?? 'A step that cannot be read'
  const lines = new Map<string, DiffLine[]>()
  const add = (id: string, line: DiffLine) => lines.set(id, [...(lines.get(id) ?? []), line])
  const data = new Map(after.nodes.map((it) => [it.id, it.data]))
  for (const { node, values } of diff.changed) for (const it of values) add(node, lineOf(it, data.get(node), was, is))
  for (const { node, port, from, to } of diff.ways) {
    const lead = (id: string | null) => (id === null ? null : `to ${nameOf(id)}`)
    add(node, { about: `Way ${ports.get(`${node} ${port}`) ?? port}`, from: lead(from), to: lead(to) })
  }
  const part =
    (how: DiffPart['how']) =>
    (node: string): DiffPart => ({ node, how, name: nameOf(node), lines: lines.get(node) ?? [] })
  const changed = after.nodes.map((it) => it.id).filter((it) => lines.has(it))
  const settings: DiffPart[] =
    diff.settings.length > 0
      ? [
          {
            node: null,
            how: 'changed',
            name: 'Settings of the flow',
            lines: diff.settings.map((it) => lineOf(it, after.settings, was, is)),
          },
        ]
      : []
  return [...diff.added.map(part('added')), ...changed.map(part('changed')), ...diff.removed.map(part('removed')), ...settings]
}

const lineOf = (change: ValueChange, within: unknown, was: Catalog, is: Catalog): DiffLine => ({
  about: aboutOf(change, within),
  from: shown(change.from, was),
  to: shown(change.to, is),
})

/** Words of the settings that read badly as they are written. */
const ABOUT: Readonly<Record<string, string>> = {
  templateId: 'Mail',
  segmentId: 'Segment',
  teamId: 'Team',
  flowId: 'Flow',
  formId: 'Form',
  calendarId: 'Calendar',
  ifNotSent: 'If it may not be sent',
  onSalesBehalf: 'On sales’ behalf',
  timeOut: 'Time-out',
  giveUpAfter: 'Give up after',
  whileInside: 'Who comes again while inside',
  reentry: 'Who may come again',
  onLeavingSegment: 'Who leaves the segment',
  exitWhen: 'Everybody leaves who',
  why: 'Why, for the rep',
  when: 'Who goes here',
  holdOut: 'Left alone',
  until: 'Waits',
  slot: 'Rounded to minutes',
  on: 'Who comes in',
  type: 'Kind',
}

const plain = (key: string) => {
  const words = key
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[-_]/g, ' ')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** "Qualified: Who goes here": the last of the path; members of lists by their names. `within`: what the path leads through. */
function aboutOf({ path, from, to }: ValueChange, within: unknown): string {
  let at = within
  const words: string[] = []
  for (const part of path.split('.')) {
    const member = Array.isArray(at) ? at.find((it) => isRecord(it) && it.id === part) : undefined
    words.push(member === undefined ? (ABOUT[part] ?? plain(part)) : (nameIn(member) ?? plain(part)))
    at = member ?? (isRecord(at) ? at[part] : undefined)
  }
  const named = nameIn(to) ?? nameIn(from)
  if (named !== undefined) return `${words.at(-2) ?? words[0] ?? ''}: ${named}`
  return words.slice(-2).join(': ')
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const nameIn = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' && value.name.trim() !== ''
    ? value.name.trim()
    : undefined

/** Names of what ids stand for. */
function nameOfId(id: string, catalog: Catalog): string | undefined {
  const all = [
    catalog.templates,
    catalog.segments,
    catalog.teams,
    catalog.flows,
    catalog.forms,
    catalog.calendars,
    catalog.topics,
    catalog.users,
    catalog.dimensions,
    catalog.steps ?? [],
  ]
  for (const list of all) {
    const found = list.find((it) => it.id === id)
    if (found) return found.name
  }
  return catalog.fields.find((it) => it.key === id)?.label
}

/** A value as people read it; null where there is none. */
function shown(value: unknown, catalog: Catalog): string | null {
  if (value === undefined || value === null || value === '') return null
  if (typeof value === 'string') return nameOfId(value, catalog) ?? value
  if (typeof value === 'number') return value.toLocaleString('en')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.length === 0 ? null : value.map((it) => shown(it, catalog) ?? '–').join(', ')
  const rule = condition.safeParse(value)
  if (rule.success)
    return rule.data.rules.length === 0
      ? null
      : conditionSentence(rule.data, catalog)
          .map((it) => it.text)
          .join(' ')
  const parts = Object.entries(value).flatMap(([key, it]) => {
    const words = key === 'id' || key === 'v' ? null : shown(it, catalog)
    if (words === null) return []
    return typeof it === 'boolean' ? [`${(ABOUT[key] ?? plain(key)).toLowerCase()}: ${words}`] : [words]
  })
  return parts.length === 0 ? null : parts.join(', ')
}
