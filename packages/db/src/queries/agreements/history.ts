import type { Catalog, Condition } from '@baton/engine'
import { type DimensionRules, type HandedAt, type LeftAt, type ScoreLine, sumScore } from '@baton/leads'
import { sql as raw } from 'drizzle-orm'
import { run } from '../../condition/run.ts'
import { conditionSql } from '../../condition/sql.ts'
import type { Sql } from '../../open/handle.ts'
import { present } from '../contacts/scope.ts'
import { BUCKETS, inTime, sampleOf } from '../sampling.ts'
import { type Period, winnersIn } from './measure.ts'

/** Leads of an agreement by the score, in whole points, with which they were handed over. Those handed over without that score are left out. */
export function handedByScore(sql: Sql, agreementId: string, dimension: string, { from, to }: Period): Promise<HandedAt[]> {
  const accepted = `(h.accepted_at is not null or h.state in ('accepted', 'won', 'lost') or h.answered_at is not null and h.reject_reason is null and h.state <> 'no-response')`
  return sql.query(
    `select floor((h.packet->'scores'->>$4::text)::float8 / 100)::int as score, count(*) as handed,
       count(*) filter (where ${accepted} or h.state = 'rejected') as answered, count(*) filter (where ${accepted}) as accepted,
       count(*) filter (where h.outcome = 'converted') as won
     from handoff h where h.agreement_id = $1 and h.created_at >= $2 and h.created_at < $3
       and jsonb_typeof(h.packet->'scores'->$4::text) = 'number' group by 1 order by 1`,
    [agreementId, from, to, dimension],
  )
}

export interface LeftAsked {
  dimension: string
  rules: DimensionRules
  /** What else a lead must meet; null: nothing. As of now: what fields were then is not kept. */
  others: Condition | null
  catalog: Catalog
  period: Period
  now: number
}

export interface LeftCounted {
  left: LeftAt[]
  /** Customers among those looked at who were not handed over, whatever their score. */
  leftWon: number
  /** Where to go on, 0 to 1024: who was looked at up to there is a uniform sample. Null: everybody was. */
  next: number | null
}

/**
 * The highest score that somebody came to within a period, until `end`, in hundredths: scores rise at their lines, where what took points off is
 * taken back, and at the beginning.
 */
export function peakOf(lines: readonly ScoreLine[], dimension: string, { from, to }: Period, rules: DimensionRules): number {
  const own = lines.filter((it) => it.dimension === dimension && it.at < to)
  const instants = [from, ...own.flatMap((it) => [it.at, it.until ?? it.at]).filter((at) => at >= from && at < to)]
  return Math.max(...instants.map((at) => sumScore(own, dimension, at, rules)))
}

/**
 * Who was not handed over within a period, by the highest score they came to while they met the rest: those whom another threshold would have
 * handed over. A portion at a time, from place `from` of the sample on for about `ms`: add the portions up.
 */
export async function leftByScore(to: Sql, asked: LeftAsked, { from: start, ms }: { from: number; ms: number }): Promise<LeftCounted> {
  const { dimension, rules, catalog, period, now } = asked
  const made = asked.others ? conditionSql(asked.others, catalog, { now }) : undefined
  const others = made === undefined ? raw`true` : 'ok' in made ? made.ok : raw`false`
  const found = new Map<number, LeftAt>()
  let leftWon = 0
  const done = await inTime(ms, BUCKETS - start, async (from, next) => {
    const buckets = sampleOf(start + from, start + next)
    const wonAt = new Map((await winnersIn(to, period, buckets)).map((it) => [it.id, it.at]))
    const handed = await to.query<{ id: number }>(
      `select distinct contact_id as id from handoff where bucket = any($1::smallint[]) and created_at >= $2 and created_at < $3`,
      [buckets, period.from, period.to],
    )
    const had = new Set(handed.map((it) => it.id))
    for (const id of wonAt.keys()) if (!had.has(id)) leftWon++
    const rows = await run<ScoreLine & { id: number }>(
      to,
      raw`select l.contact_id as id, l.dimension, l.points, l.at, l.until, l.held, l.since from ledger l
        join contact c on c.bucket = l.bucket and c.id = l.contact_id
        where l.bucket = any(${raw.param(buckets)}::smallint[]) and l.dimension = ${dimension}::text and l.at < ${period.to}::int8
          and ${present} and (${others}) is true order by l.contact_id, l.at`,
    )
    const byPerson = new Map<number, ScoreLine[]>()
    for (const { id, ...line } of rows) {
      const lines = byPerson.get(id)
      if (lines) lines.push(line)
      else byPerson.set(id, [line])
    }
    for (const [id, lines] of byPerson) {
      if (had.has(id)) continue
      const won = wonAt.get(id)
      const until = won === undefined ? period.to : Math.min(period.to, won + 1)
      const score = Math.floor(peakOf(lines, dimension, { from: period.from, to: until }, rules) / 100)
      const was = found.get(score) ?? { score, people: 0, won: 0 }
      found.set(score, { score, people: was.people + 1, won: was.won + (won === undefined ? 0 : 1) })
    }
  })
  return {
    left: [...found.values()].sort((a, b) => a.score - b.score),
    leftWon,
    next: start + done >= BUCKETS ? null : start + done,
  }
}
