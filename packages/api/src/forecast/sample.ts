import { contactsInBuckets, type FlowRow, loadStates, planRows } from '@baton/db'
import { type ContactState, nameless, seenByWalk, segmentsFor, walkGround } from '@baton/engine'
import { hash01 } from '@baton/leads'
import type { SignedIn } from '../context.ts'
import { fail } from '../errors.ts'
import { catalogOf } from '../flows/catalog.ts'
import { checkDraft } from '../flows/contained.ts'

const BUCKETS = 1024
/** How far back events are looked at that let people in. */
const LISTENED_DAYS = 90

/** The buckets in an order that goes by the seed alone. */
const bucketsIn = (seed: string): number[] =>
  Array.from({ length: BUCKETS }, (_, bucket) => ({ bucket, dice: hash01([seed, 'bucket', bucket]) }))
    .sort((a, b) => a.dice - b.dice)
    .map((it) => it.bucket)

/**
 * A portion of a sample of contacts: of each what the saved draft reads and no more, without who it is, as if they had never been in this flow.
 * @throws PRECONDITION_FAILED when the draft does not hang together
 */
export async function samplePortion(
  ctx: SignedIn,
  flow: FlowRow,
  { seed, skip, limit }: { seed: string; skip: number; limit: number },
): Promise<ContactState[]> {
  const rows = await planRows(ctx.db)
  const catalog = catalogOf(rows)
  const { issues, graph } = await checkDraft(ctx.db, flow, catalog)
  const made = walkGround({ flowId: flow.id, graph, catalog, segments: rows.segments })
  if ('issues' in made) {
    const error = made.issues[0] ?? issues.find((it) => it.severity === 'error')
    throw fail('PRECONDITION_FAILED', `This draft cannot be played yet: ${error?.say ?? ''}`)
  }
  const { plan } = made.ok
  // What starts listen to is loaded as well: a forecast lets such events happen as they looked here.
  const listened = [...plan.index.triggers.events.keys()].map((type) => [type, LISTENED_DAYS] as const)
  const events = new Map([...listened, ...plan.reads.events])
  const ground = { ...made.ok, plan: { ...plan, reads: { ...plan.reads, events } } }
  const ids = await contactsInBuckets(ctx.db, bucketsIn(seed), skip, limit)
  const related = new Set([...plan.reads.related, 'company'])
  const needs = { events, now: ctx.clock.now(), horizon: null, mails: plan.mails, related, drawn: plan.draws }
  const states = await loadStates(ctx.db, { kind: 'span', from: 0, to: BUCKETS - 1 }, ids, needs)
  const sources = [graph, catalog.agreements, ...segmentsFor(graph, rows.segments, catalog.agreements)]
  return ids.flatMap((id, i) => {
    const state = states.get(id)
    return state ? [nameless(seenByWalk(ground, graph, sources, state), `person ${skip + i + 1}`)] : []
  })
}
