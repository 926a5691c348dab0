import {
  type BucketPlace,
  contactsInBuckets,
  contactsOnward,
  type FlowRow,
  type Handle,
  loadStates,
  planRows,
  teamFactsOf,
} from '@baton/db'
import {
  type Catalog,
  type ContactState,
  canonicalJson,
  nameless,
  type Plan,
  scoringFor,
  seenByWalk,
  segmentsFor,
  teamsFor,
  walkGround,
} from '@baton/engine'
import { hash01 } from '@baton/leads'
import { fail } from '../errors.ts'
import { catalogOf } from '../flows/catalog.ts'
import { checkDraft } from '../flows/contained.ts'

const BUCKETS = 1024
/** How far back events are looked at that let people in. */
const LISTENED_DAYS = 90

/** Which of all contacts, in an order that goes by the seed alone. */
export interface Portion {
  seed: string
  /** How many came in the portions before. */
  skip: number
  /** Where they ended; absent: it begins. */
  at?: BucketPlace | undefined
  limit: number
  /** Only who was there by then. */
  until?: number | undefined
}

/** The buckets in an order that goes by the seed alone. */
const bucketsIn = (seed: string): number[] =>
  Array.from({ length: BUCKETS }, (_, bucket) => ({ bucket, dice: hash01([seed, 'bucket', bucket]) }))
    .sort((a, b) => a.dice - b.dice)
    .map((it) => it.bucket)

/** Ids of the contacts of a portion, and where the next one begins; null where there is none. */
export const idsOf = (db: Handle, { seed, at, limit, until }: Portion): Promise<{ ids: number[]; next: BucketPlace | null }> =>
  contactsOnward(db, bucketsIn(seed), { at, limit, until })

/** The id of the contact who comes at a place in the order of a seed; undefined where there are not so many. */
export async function idAt(db: Handle, { seed, place }: { seed: string; place: number }): Promise<number | undefined> {
  const [id] = await contactsInBuckets(db, bucketsIn(seed), { skip: place, limit: 1 })
  return id
}

/** How somebody of a sample is called: they have no name. */
export const nameAt = (place: number): string => `person ${place + 1}`

/** People of a portion, and where the next one begins; null after the last. */
export interface Some<T> {
  people: T[]
  next: BucketPlace | null
}

/** Contacts to forecast a draft with. */
export interface SampleSource {
  /** The draft as its flow's live version, alone. */
  plan: Plan
  /** What exists around it. */
  catalog: Catalog
  /** Of each what the draft reads and no more, without who it is, as if they had never been in this flow. */
  portion(of: Portion): Promise<Some<ContactState>>
  /** What the draft is played in beside people: the same text, the same ground. */
  ground: string
}

/** @throws PRECONDITION_FAILED when the draft does not hang together */
export async function openSample(db: Handle, flow: FlowRow, now: number): Promise<SampleSource> {
  const rows = await planRows(db)
  const catalog = catalogOf(rows)
  const { issues, graph } = await checkDraft(db, flow, catalog)
  const around = { graph, catalog, segments: rows.segments, scoring: rows.scoring, teams: await teamFactsOf(db, now) }
  const made = walkGround({ flowId: flow.id, ...around })
  if ('issues' in made) {
    const error = made.issues[0] ?? issues.find((it) => it.severity === 'error')
    throw fail('PRECONDITION_FAILED', `This draft cannot be played yet: ${error?.say ?? ''}`)
  }
  const { plan } = made.ok
  // What starts listen to is loaded as well: a forecast lets such events happen as they looked here.
  const listened = [...plan.index.triggers.events.keys(), ...(plan.scoring?.behaviours.keys() ?? [])].map(
    (type) => [type, LISTENED_DAYS] as const,
  )
  const events = new Map([...listened, ...plan.reads.events])
  const ground = { ...made.ok, plan: { ...plan, reads: { ...plan.reads, events } } }
  const related = new Set([...plan.reads.related, 'company'])
  const needs = { events, now, horizon: null, mails: plan.mails, related, drawn: plan.draws }
  const territories = (teamsFor(graph, around.teams) ?? []).map((it) => it.territories)
  const sources = [graph, catalog.agreements, ...segmentsFor(around), scoringFor(around), ...territories]
  const { dimensions, sending, fields, calendars, templates, workspaceZone } = catalog
  return {
    plan,
    catalog,
    ground: canonicalJson([...sources, { dimensions, sending, fields, calendars, templates, workspaceZone }]),
    async portion(of) {
      const { ids, next } = await idsOf(db, of)
      const states = await loadStates(db, { kind: 'span', from: 0, to: BUCKETS - 1 }, ids, needs)
      const people = ids.flatMap((id, i) => {
        const state = states.get(id)
        return state ? [nameless(upTo(seenByWalk(ground, graph, sources, state), of.until), nameAt(of.skip + i))] : []
      })
      return { people, next }
    },
  }
}

/** Without what came in later: fields have no history and are as they are. */
function upTo(state: ContactState, until: number | undefined): ContactState {
  if (until === undefined) return state
  return {
    ...state,
    past: state.past.filter((it) => it.endedAt <= until),
    members: Object.fromEntries(Object.entries(state.members).filter(([, since]) => since <= until)),
    events: state.events.filter((it) => it.receivedAt <= until),
    ledger: state.ledger.filter((it) => it.at <= until),
    sends: state.sends.filter((it) => it.at <= until),
    related: state.related.filter((it) => it.kind === 'company' || it.at <= until),
  }
}
