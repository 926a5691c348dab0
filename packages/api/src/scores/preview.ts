import { type BucketPlace, contactsOnward, liveScoreModel, loadStates, planRows, publishedModel } from '@baton/db'
import {
  buildPlan,
  type ContactState,
  type DimensionModel,
  dimensionRules,
  historyFor,
  isRuleLine,
  type LedgerLine,
  linesUnder,
  publishRules,
  ruleTag,
} from '@baton/engine'
import { explainScore, GRADES, type Grade, type GradeModel, gradeOf, hash01, type Share, sumScore, wilson } from '@baton/leads'
import type { SignedIn } from '../context.ts'
import { causeNames } from '../desk/scores.ts'
import { catalogOf } from '../flows/catalog.ts'
import { type DraftModel, dimensionsUnder } from './draft.ts'

const BUCKETS = 1024
/** People whose points are worked out: enough that a share is known to a few percent. */
const LOOKED = 1000
const CHUNK = 250
/** People shown by name. */
const SHOWN = 12
/** Bars of a distribution. */
const BARS = 20

/** A score before and after, in hundredths, and what the draft's lines would be. */
export interface PreviewScore {
  dimension: string
  before: number
  after: number
  cut: number
  /** The lines that count, added up by what gave them; the heaviest first. `change`: new, gone or as it was. */
  reasons: { rule: string; points: number; times: number; change: 'new' | 'gone' | 'same' }[]
}

export interface PreviewPerson {
  id: number
  name: string
  grade: { before: Grade | null; after: Grade | null }
  scores: PreviewScore[]
}

export interface Distribution {
  dimension: string
  name: string
  /** The lower bounds of the bars, in hundredths, and how wide each is. */
  from: number
  width: number
  before: number[]
  after: number[]
}

export interface ScorePreview {
  /** How many were looked at, of how many there are. */
  looked: number
  people: number
  /** Whose grade, and any of whose scores, would be another. Bounds of the share of everybody. */
  regraded: (Share & { count: number }) | null
  rescored: Share & { count: number }
  /** By grade; null where there is none. */
  grades: { grade: Grade; before: number; after: number }[] | null
  distributions: Distribution[]
  shown: PreviewPerson[]
}

interface Looked {
  state: ContactState
  before: readonly LedgerLine[]
  after: readonly LedgerLine[]
}

/** What a draft would make of people that there are, before anything is changed. Those looked at are drawn by chance, alike for each look. */
export async function previewScores(ctx: SignedIn, draft: DraftModel, seed: string): Promise<ScorePreview> {
  const rows = await planRows(ctx.db)
  const now = ctx.clock.now()
  const live = await liveScoreModel(ctx.db)
  const dimensions = dimensionsUnder(draft.dimensions, rows.settings.dimensions)
  const catalog = { ...catalogOf(rows), dimensions, grade: draft.grade }
  const version = (live?.version ?? 0) + 1
  const rules = publishRules(draft.rules, { before: live ? publishedModel(live).rules : [], version, catalog })
  const plan = buildPlan({ flows: [], segments: [], catalog, scoring: { version, rules, grade: draft.grade } })
  const needs = {
    ...{ events: historyFor(plan), now, horizon: null, mails: new Set<string>(), drawn: false },
    related: new Set([...plan.reads.related, 'company']),
  }
  const buckets = Array.from({ length: BUCKETS }, (_, bucket) => ({ bucket, dice: hash01([seed, 'scores', bucket]) }))
    .sort((a, b) => a.dice - b.dice)
    .map((it) => it.bucket)
  const looked: Looked[] = []
  for (let at: BucketPlace | undefined, left = LOOKED; left > 0; left -= CHUNK) {
    const { ids, next } = await contactsOnward(ctx.db, buckets, { at, limit: CHUNK })
    const states = await loadStates(ctx.db, { kind: 'span', from: 0, to: BUCKETS - 1 }, ids, needs)
    for (const state of states.values()) {
      const after = plan.scoring ? linesUnder(plan.scoring, state, now, plan.dimensions) : state.ledger.filter((it) => !isRuleLine(it))
      looked.push({ state, before: state.ledger, after })
    }
    if (next === null) break
    at = next
  }
  const [count] = await ctx.db.query<{ n: number }>(
    'select count(*)::int as n from contact where deleted_at is null and merged_into is null',
  )
  const models = { before: rows.settings.dimensions, after: dimensions }
  const grades = { before: live?.model.grade ?? null, after: draft.grade }
  const gradeIn = (which: 'before' | 'after', it: Looked): Grade | null => grade(it[which], grades[which], models[which], now)
  const regraded = looked.filter((it) => gradeIn('before', it) !== gradeIn('after', it)).length
  const totals = (which: 'before' | 'after', it: Looked) => dimensions.map(({ id }) => total(it[which], id, models[which], now))
  const rescored = looked.filter((it) => totals('before', it).some((points, i) => points !== totals('after', it)[i])).length
  const share = (n: number) => ({ ...wilson({ people: looked.length, converted: n }), count: n })
  const ways = new Map(rules.map((rule) => [ruleTag(rule), rule.words]))
  const nameOf = await causeNames(
    ctx.db,
    looked.flatMap(({ before }) => before.filter((it) => !ways.has(it.rule))),
  )
  const named = (line: LedgerLine) => ways.get(line.rule) ?? nameOf(line)
  return {
    looked: looked.length,
    people: count?.n ?? looked.length,
    regraded: grades.before || grades.after ? share(regraded) : null,
    rescored: share(rescored),
    grades:
      grades.before || grades.after
        ? GRADES.map((one) => ({
            grade: one,
            before: looked.filter((it) => gradeIn('before', it) === one).length,
            after: looked.filter((it) => gradeIn('after', it) === one).length,
          }))
        : null,
    distributions: dimensions.map(({ id, name }) => ({
      ...{ dimension: id, name },
      ...distribution(
        looked.map((it) => total(it.before, id, models.before, now)),
        looked.map((it) => total(it.after, id, models.after, now)),
      ),
    })),
    shown: [...looked]
      .sort((a, b) => weight(b, dimensions, now) - weight(a, dimensions, now))
      .slice(0, SHOWN)
      .map((it) => ({
        id: it.state.person.id,
        name: nameOfPerson(it.state),
        grade: { before: gradeIn('before', it), after: gradeIn('after', it) },
        scores: dimensions.map(({ id }) => scoreOf(it, id, models, named, now)),
      })),
  }
}

const total = (lines: readonly LedgerLine[], id: string, models: readonly DimensionModel[], now: number) =>
  sumScore(lines, id, now, dimensionRules(models, id))

function grade(lines: readonly LedgerLine[], model: GradeModel | null, models: readonly DimensionModel[], now: number): Grade | null {
  if (!model) return null
  return gradeOf(total(lines, model.fit.dimension, models, now), total(lines, model.engagement.dimension, models, now), model)
}

/** Those of whom there is most to see come first. */
const weight = ({ after, before }: Looked, models: readonly DimensionModel[], now: number) =>
  models.reduce((sum, { id }) => sum + Math.abs(total(after, id, models, now) - total(before, id, models, now)), 0) + after.length

function nameOfPerson({ person: { key, fields } }: ContactState): string {
  const name = [fields.first_name, fields.last_name].filter((it) => typeof it === 'string' && it !== '').join(' ')
  return name === '' ? key : name
}

function scoreOf(
  { before, after }: Looked,
  dimension: string,
  models: { before: readonly DimensionModel[]; after: readonly DimensionModel[] },
  named: (line: LedgerLine) => string,
  now: number,
): PreviewScore {
  const then = explainScore(after, dimension, now, dimensionRules(models.after, dimension))
  const had = new Set(before.map((it) => it.key))
  const has = new Set(after.map((it) => it.key))
  const reasons = new Map<string, PreviewScore['reasons'][number]>()
  const put = (line: LedgerLine, points: number, change: 'new' | 'gone' | 'same') => {
    const rule = named(line)
    const known = reasons.get(`${change} ${rule}`)
    reasons.set(`${change} ${rule}`, { rule, points: points + (known?.points ?? 0), times: 1 + (known?.times ?? 0), change })
  }
  // What is held is the same line in another form when its rule is as it was.
  for (const { line, value } of then.lines) put(line, value, had.has(line.key) ? 'same' : 'new')
  for (const { line, value } of explainScore(before, dimension, now, dimensionRules(models.before, dimension)).lines)
    if (!has.has(line.key)) put(line, value, 'gone')
  return {
    dimension,
    before: total(before, dimension, models.before, now),
    after: then.total,
    cut: then.cut,
    reasons: [...reasons.values()].sort((a, b) => Math.abs(b.points) - Math.abs(a.points)),
  }
}

/** Both as counts in bars of one width, which is a round number of points. */
function distribution(before: readonly number[], after: readonly number[]): Pick<Distribution, 'from' | 'width' | 'before' | 'after'> {
  const all = [...before, ...after, 0]
  const [low, high] = [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))]
  const width = roundUp((high - low + 1) / BARS)
  const from = Math.floor(low / width) * width
  const bars = Math.max(1, Math.floor((high - from) / width) + 1)
  const count = (values: readonly number[]) => {
    const counts = Array.from<number>({ length: bars }).fill(0)
    for (const it of values) counts[Math.floor((it - from) / width)] = (counts[Math.floor((it - from) / width)] ?? 0) + 1
    return counts
  }
  return { from, width, before: count(before), after: count(after) }
}

/** 1, 2 or 5 times a power of ten, at least a point. */
function roundUp(hundredths: number): number {
  for (let unit = 100; ; unit *= 10) for (const times of [1, 2, 5]) if (unit * times >= hundredths) return unit * times
}
