import { compareText } from '@baton/leads'
import type { ContactState } from '../state/contact.ts'
import type { Enrolment } from '../state/enrolment.ts'
import type { Actor, InboxItem } from '../state/input.ts'
import type { HandoffFact, Instant, RelatedFact } from '../state/person.ts'
import { entryOffsets, type MergedPassage, mergePassages, mergePast } from './passages.ts'
import { personChange, standing } from './person.ts'

/** What somebody decides about a merge, and what has to be known of it. */
export interface MergeChoice {
  /** Fields whose value is taken from the loser though the survivor has one. */
  fields: readonly string[]
  /** Since when hand-offs are open, by their key: of two the earlier stays. */
  handoffs: Readonly<Record<string, Instant>>
  /** Segments whose conditions are looked at afterwards. */
  segments: readonly string[]
  by: Actor
  now: Instant
}

/** Two contacts as one. */
export interface Merged {
  /** The survivor with both histories. What changes the person is not in it yet: `items` tell it, so that flows hear of it. */
  state: ContactState
  items: readonly InboxItem[]
  /** Every live passage of both, as it goes on or closes. */
  passages: readonly MergedPassage[]
  /** Hand-offs that end: whoever waits for one waits for the other from now on. */
  joined: readonly { key: string; into: string }[]
}

/**
 * Makes one contact of two: the survivor, with the history of both. Pure; nothing that went out is asked for again.
 * Rules: SPEC.md, E-200 to E-213 (SEMANTICS 3, "Merge of two contacts").
 */
export function mergeStates(survivor: ContactState, loser: ContactState, choice: MergeChoice): Merged {
  const { now, by } = choice
  const { kept, joined } = mergeHandoffs(survivor, loser, choice)
  const passages = mergePassages(survivor, loser, now).map((it) => ({ ...it, after: rejoin(it.after, joined) }))
  const closed = passages.filter((it) => it.closing !== null).map((it) => it.after)
  const live = passages.filter((it) => it.closing === null).map((it) => it.after)
  const { fields, consent, suppressed } = personChange(survivor.person, loser.person, choice.fields)
  const from = loser.person.key
  const event = { id: `${survivor.person.key}/merged/${from}`, type: 'contact.merged', props: { from }, occurredAt: now, receivedAt: now }
  const items: InboxItem[] = [
    ...(Object.keys(fields).length > 0 ? [{ kind: 'fields' as const, at: now, set: fields, source: by }] : []),
    ...Object.entries(consent).map(([topic, given]) => ({ kind: 'consent' as const, at: now, topic, given, source: by })),
    ...(suppressed === undefined ? [] : [{ kind: 'suppress' as const, at: now, reason: suppressed, source: by }]),
    { kind: 'event', at: now, event },
    ...choice.segments.map((segmentId) => ({ kind: 'recheck' as const, at: now, segmentId })),
  ]
  return {
    state: {
      person: { ...survivor.person, ...standing(survivor.person, loser.person) },
      enrolments: live.sort((a, b) => compareText(a.flowId, b.flowId) || compareText(a.key, b.key)),
      past: mergePast(survivor, loser, closed, now),
      members: earliest(survivor.members, loser.members),
      rechecks: earliest(survivor.rechecks, loser.rechecks),
      events: union(
        survivor.events,
        loser.events,
        (it) => it.id,
        (it) => it.occurredAt,
      ),
      ledger: union(
        survivor.ledger,
        loser.ledger,
        (it) => it.key,
        (it) => it.at,
      ),
      sends: union(
        survivor.sends,
        loser.sends,
        (it) => it.key,
        (it) => it.at,
      ),
      handoffs: kept,
      related: mergeRelated(survivor.related, loser.related),
      drawn: { ...loser.drawn, ...survivor.drawn },
    },
    items,
    passages,
    joined,
  }
}

/** Both lists, each origin once, in the order of time, then of origin. E-205. */
function union<T>(mine: readonly T[], theirs: readonly T[], idOf: (one: T) => string, at: (one: T) => Instant): T[] {
  const known = new Set(mine.map(idOf))
  return [...mine, ...theirs.filter((it) => !known.has(idOf(it)))].sort((a, b) => at(a) - at(b) || compareText(idOf(a), idOf(b)))
}

/** Since when, by id: of two the earlier. E-206. */
function earliest(mine: Readonly<Record<string, Instant>>, theirs: Readonly<Record<string, Instant>>): Record<string, Instant> {
  const all: Record<string, Instant> = { ...theirs, ...mine }
  for (const [id, at] of Object.entries(theirs)) all[id] = Math.min(at, all[id] ?? at)
  return all
}

/** The survivor's records, and the loser's others; of two companies the survivor's. E-211. */
function mergeRelated(mine: readonly RelatedFact[], theirs: readonly RelatedFact[]): RelatedFact[] {
  const employed = mine.some((it) => it.kind === 'company')
  const gained = theirs.filter(
    (it) => !(employed && it.kind === 'company') && !mine.some((own) => own.kind === it.kind && own.id === it.id),
  )
  return [...mine, ...gained].sort((a, b) => compareText(a.kind, b.kind) || compareText(a.id, b.id))
}

/** One open hand-off at most comes out of two people: the later one joins the earlier; one that sleeps joins one that is awake. E-209. */
function mergeHandoffs(
  survivor: ContactState,
  loser: ContactState,
  { handoffs: since }: MergeChoice,
): { kept: HandoffFact[]; joined: Merged['joined'] } {
  const offset = entryOffsets(survivor)
  const theirs = loser.handoffs.map((it) => ({ ...it, enrolment: { ...it.enrolment, entry: offset(it.enrolment) + it.enrolment.entry } }))
  if (survivor.handoffs.length === 0 || theirs.length === 0) return { kept: [...survivor.handoffs, ...theirs], joined: [] }
  const at = ({ key }: HandoffFact) => since[key] ?? Number.POSITIVE_INFINITY
  const sleeps = ({ state }: HandoffFact) => Number(state === 'sleeping')
  const all = [...survivor.handoffs, ...theirs].sort((a, b) => sleeps(a) - sleeps(b) || at(a) - at(b) || compareText(a.key, b.key))
  const [first] = all
  if (!first) return { kept: [], joined: [] }
  return { kept: [first], joined: all.slice(1).map(({ key }) => ({ key, into: first.key })) }
}

/** A passage that waits for a hand-off which ended waits for the one it joined. */
function rejoin(passage: Enrolment, joined: Merged['joined']): Enrolment {
  if (joined.length === 0) return passage
  const into = new Map(joined.map((it) => [it.key, it.into]))
  const here = Object.entries(passage.vars.here).map(([name, value]) => [name, (typeof value === 'string' && into.get(value)) || value])
  const asleep = Object.entries(passage.vars.asleep ?? {}).map(([key, node]) => [into.get(key) ?? key, node])
  const kept = passage.vars.asleep ? { asleep: Object.fromEntries(asleep) } : {}
  return { ...passage, vars: { ...passage.vars, here: Object.fromEntries(here), ...kept } }
}
