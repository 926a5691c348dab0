import { type AnsweredLead, answeredLeads, type Handle, loadStates, type Period } from '@baton/db'
import {
  type AgreementContent,
  type Catalog,
  type CompiledCondition,
  compileCondition,
  conditionSentence,
  criteriaOf,
  criterionCondition,
  foldFields,
  type LedgerLine,
  type SentencePart,
} from '@baton/engine'
import { type Figure, figure } from './figures.ts'

/** One criterion against what sales said of the leads. */
export interface CriterionFigures {
  sentence: SentencePart[]
  /** Rejected of those that met it when they were handed over, of those that did not, of those of whom it could not be told. */
  met: Figure
  unmet: Figure
  unknown: Figure
}

/** The latest answered leads that are looked at. */
const MOST = 600
/** At once, so that a database with one connection stays free in between. */
const PORTION = 100
const BUCKETS = 1024

/**
 * Rejections by criterion: each of the latest answered leads is judged anew by each criterion as of when it was handed over, by the engine itself.
 * Events are those up to then; fields and scores are those that travelled with it, else what is known now.
 */
export async function criteriaFigures(
  db: Handle,
  { id, content, catalog, period }: { id: string; content: AgreementContent; catalog: Catalog; period: Period },
): Promise<{ leads: number; criteria: CriterionFigures[] }> {
  const leads = await answeredLeads(db, id, period, MOST)
  const criteria = criteriaOf(content).flatMap((it) => {
    const condition = criterionCondition(it)
    const made = compileCondition(condition, catalog, 'segment')
    return 'ok' in made
      ? [{ sentence: conditionSentence(condition, catalog), made: made.ok, tallies: { true: [0, 0], false: [0, 0], null: [0, 0] } }]
      : []
  })
  const texts = catalog.fields.flatMap((it) => (['text', 'choice', 'tags'].includes(it.type) ? [it.key] : []))
  for (let at = 0; at < leads.length; at += PORTION) {
    const part = leads.slice(at, at + PORTION)
    const states = await loadStates(
      db,
      { kind: 'span', from: 0, to: BUCKETS - 1 },
      [...new Set(part.map((it) => it.contactId))],
      needsOf(
        criteria.map((it) => it.made),
        period.to,
      ),
    )
    for (const lead of part) {
      const found = states.get(lead.contactId)
      if (!found) continue
      const fields = { ...found.person.fields, ...knownFields(lead.fields) }
      const person = { ...found.person, fields, folded: { ...found.person.folded, ...foldFields(fields, texts) } }
      const state = { ...found, person, ledger: ledgerThen(found.ledger, lead) }
      for (const { made, tallies } of criteria) {
        const { truth } = made.evaluate({ now: lead.at, state, enteredAt: null })
        const tally = tallies[`${truth}`]
        tally[0] = (tally[0] ?? 0) + (lead.accepted ? 0 : 1)
        tally[1] = (tally[1] ?? 0) + 1
      }
    }
  }
  const said = ([n = 0, of = 0]: number[]) => figure(n, of, null)
  return {
    leads: leads.length,
    criteria: criteria.map(({ sentence, tallies }) => ({
      sentence,
      met: said(tallies.true),
      unmet: said(tallies.false),
      unknown: said(tallies.null),
    })),
  }
}

type Stored = string | number | boolean | string[]
const isStored = (value: unknown): value is Stored =>
  ['string', 'number', 'boolean'].includes(typeof value) || (Array.isArray(value) && value.every((it) => typeof it === 'string'))

/** Values of a packet that a field can have. */
const knownFields = (fields: Readonly<Record<string, unknown>>): Record<string, Stored> =>
  Object.fromEntries(Object.entries(fields).flatMap(([key, value]) => (isStored(value) ? [[key, value] as const] : [])))

/** A ledger that comes to the scores with which a lead was handed over: lines are taken back and cut later, by what sales said of it too. */
function ledgerThen(ledger: readonly LedgerLine[], { at, scores }: AnsweredLead): LedgerLine[] {
  const then = Object.entries(scores).flatMap(([dimension, points]) => (typeof points === 'number' ? [{ dimension, points }] : []))
  const told = new Set(then.map((it) => it.dimension))
  const cause = { flowId: '', node: '', visit: 1 }
  const lines = then.map((it) => ({ ...it, key: `handed/${it.dimension}`, at, rule: 'Handed over', cause, held: true }))
  return [...ledger.filter((it) => !told.has(it.dimension)), ...lines]
}

/** Everything that several conditions read together. */
function needsOf(conditions: readonly CompiledCondition[], now: number) {
  const events = new Map<string, number>()
  for (const { reads } of conditions) {
    // Windows lie before each hand-over, so the whole history of a type is read.
    for (const type of reads.events.keys()) events.set(type, Number.POSITIVE_INFINITY)
  }
  const related = new Set(conditions.flatMap(({ reads }) => [...reads.related]))
  return { events, now, horizon: null, mails: new Set<string>(), related, drawn: false }
}
