import { type Band, bandOf, compareText, DAY, HOUR } from '@baton/leads'
import type { LeadBook, TeamCount } from './lead-book.ts'
import { daysAtWork } from './rep-days.ts'
import {
  type EdgeForecast,
  eachTotal,
  type FlowForecast,
  type NodeForecast,
  type RepForecast,
  type TeamForecast,
  type TotalName,
} from './result.ts'
import type { Shape } from './shape.ts'
import type { Tally } from './tally.ts'

/** What one draw came to, as small as it can be kept. */
export interface Drawn {
  tally: Tally
  leads: LeadBook
}

/** Counts of a draw, of everybody for whom the sample stands. */
export function totalsOf({ tally, leads }: Drawn, standsFor: number): Record<TotalName, number> {
  const of = (how: string) => tally.ended.get(how) ?? 0
  const ended = [...tally.ended.values()].reduce((a, b) => a + b, 0)
  const before = tally.before.reduce((a, b) => a + b, 0)
  const finished = of('finished') + of('reached')
  const times = (count: number) => count * standsFor
  return {
    entered: times(tally.entered),
    finished: times(finished),
    leftEarly: times(ended - finished),
    inside: times(before + tally.entered - ended),
    stuck: times(tally.stuck),
    mails: times(tally.mails),
    mostMailsInAWeek: tally.most,
    leads: times(leads.made),
    accepted: times(leads.accepted),
    rejected: times(leads.rejected),
    overflow: times(leads.overflow),
    breaches: times(leads.breaches),
    voicemails: times(leads.voicemails),
    noResponse: times(leads.noResponse),
    longestQueue: times(Math.max(0, ...leads.queue())),
    longestWaitHours: leads.longestWaitMs / HOUR,
    opportunities: times(leads.opportunities),
    won: times(leads.won),
    revenue: times(leads.revenue ?? 0),
  }
}

/** Puts draws together: bands over the draws, series of the middle one. S-21, S-22. */
export function summed(shape: Shape, drawn: readonly Drawn[], standsFor: number) {
  const totals = drawn.map((it) => totalsOf(it, standsFor))
  const band = (of: (it: Drawn) => number): Band => scaled(bandOf(drawn.map(of)), standsFor)
  return {
    totals: eachTotal((name) => bandOf(totals.map((it) => it[name]))),
    nodes: nodesOf(shape, drawn, standsFor),
    edges: edgesOf(shape, drawn, standsFor),
    mailWeeks: mailWeeksOf(drawn),
    mostMailedOf:
      drawn.reduce<Tally | undefined>((most, { tally }) => (tally.most > (most?.most ?? 0) ? tally : most), undefined)?.mostOf ?? null,
    reps: repsOf(shape, drawn, standsFor),
    teams: teamsOf(drawn, standsFor),
    queueOver: Array.from({ length: shape.stretches }, (_, i) => band(({ leads }) => leads.queue()[i] ?? 0)),
    drawn: totals,
    steps: drawn.reduce((sum, it) => sum + it.tally.steps, 0),
  } satisfies Partial<FlowForecast>
}

const scaled = ({ p10, mid, p90 }: Band, by: number): Band => ({ p10: p10 * by, mid: mid * by, p90: p90 * by })

const sumOf = (counts: Int32Array, place: number, length: number) => {
  let sum = 0
  for (let i = place * length; i < (place + 1) * length; i++) sum += counts[i] ?? 0
  return sum
}

/** By stretch, of every draw the running sum or the value; then what the draws lie between. */
function bandsOver(draws: readonly (readonly number[])[], stretches: number, standsFor: number): Band[] {
  return Array.from({ length: stretches }, (_, i) => scaled(bandOf(draws.map((it) => it[i] ?? 0)), standsFor))
}

/** By day the mean of the draws. */
function meansOver(draws: readonly (readonly number[])[], standsFor: number): number[] {
  return (draws[0] ?? []).map((_, i) => (draws.reduce((sum, it) => sum + (it[i] ?? 0), 0) / draws.length) * standsFor)
}

/** Of each draw in which somebody left the share that took one way. */
function sharesOf(some: readonly number[], all: readonly number[]): Band | null {
  const shares = all.flatMap((count, i) => (count === 0 ? [] : [(some[i] ?? 0) / count]))
  return shares.length === 0 ? null : bandOf(shares)
}

function running(counts: Int32Array, place: number, length: number): number[] {
  let sum = 0
  return Array.from(counts.subarray(place * length, (place + 1) * length), (count) => {
    sum += count
    return sum
  })
}

function nodesOf(shape: Shape, drawn: readonly Drawn[], standsFor: number): NodeForecast[] {
  const { stretches } = shape
  const people = drawn.map(({ tally }) => tally.people())
  return shape.nodes.map((node, place) => {
    const waysOut = [...(shape.wayAt.get(node)?.values() ?? [])]
    const end = shape.wayAt.get(node)?.get('end')
    const byWay = drawn.map(({ tally }) => waysOut.map((way) => running(tally.left, way, stretches)))
    const endAt = end === undefined ? -1 : waysOut.indexOf(end)
    const dropOffOver = Array.from({ length: stretches }, (_, i) =>
      sharesOf(
        byWay.map((ways) => ways[endAt]?.[i] ?? 0),
        byWay.map((ways) => ways.reduce((sum, way) => sum + (way[i] ?? 0), 0)),
      ),
    )
    const medians = drawn.flatMap(({ tally }) => tally.stays[place]?.median() ?? [])
    const now = people.map((it) => Array.from(it.subarray(place * stretches, (place + 1) * stretches)))
    return {
      node,
      entered: scaled(bandOf(drawn.map(({ tally }) => sumOf(tally.arrivals, place, stretches))), standsFor),
      people: scaled(bandOf(now.map((it) => it.at(-1) ?? 0)), standsFor),
      medianMinutes: medians.length === 0 ? null : bandOf(medians),
      dropOff: dropOffOver.at(-1) ?? null,
      dropOffOver,
      peopleOver: bandsOver(now, stretches, standsFor),
      enteredOver: bandsOver(
        drawn.map(({ tally }) => running(tally.arrivals, place, stretches)),
        stretches,
        standsFor,
      ),
    }
  })
}

function edgesOf(shape: Shape, drawn: readonly Drawn[], standsFor: number): EdgeForecast[] {
  const { stretches } = shape
  return shape.ways.flatMap(({ node, port }, way): EdgeForecast[] => {
    const counts = drawn.map(({ tally }) => sumOf(tally.left, way, stretches))
    // Ends and leaps are told where they were taken; ways that were drawn always.
    if ((port === 'end' || port === 'away') && counts.every((it) => it === 0)) return []
    const over = drawn.map(({ tally }) => running(tally.left, way, stretches))
    const all = drawn.map(({ tally }) => [...(shape.wayAt.get(node)?.values() ?? [])].map((it) => running(tally.left, it, stretches)))
    const shareOver = Array.from({ length: stretches }, (_, i) =>
      sharesOf(
        over.map((it) => it[i] ?? 0),
        all.map((ways) => ways.reduce((sum, it) => sum + (it[i] ?? 0), 0)),
      ),
    )
    return [
      {
        node,
        port,
        people: scaled(bandOf(counts), standsFor),
        share: shareOver.at(-1) ?? null,
        peopleOver: bandsOver(over, stretches, standsFor),
        shareOver,
      },
    ]
  })
}

function mailWeeksOf(drawn: readonly Drawn[]): FlowForecast['mailWeeks'] {
  const sums = new Map<number, number>()
  let all = 0
  for (const { tally } of drawn) {
    for (const [mails, weeks] of tally.mailWeeks.entries()) {
      if (weeks === 0) continue
      sums.set(mails, (sums.get(mails) ?? 0) + weeks)
      all += weeks
    }
  }
  return [...sums].sort(([a], [b]) => a - b).map(([mails, weeks]) => ({ mails, share: weeks / all }))
}

function teamsOf(drawn: readonly Drawn[], standsFor: number): TeamForecast[] {
  const ids = new Set(drawn.flatMap(({ leads }) => [...leads.perTeam.keys()]))
  return [...ids].sort(compareText).map((teamId) => {
    const band = (of: (it: TeamCount) => number): Band =>
      scaled(bandOf(drawn.map(({ leads }) => of(leads.perTeam.get(teamId) ?? NONE))), standsFor)
    return {
      teamId,
      leads: band((it) => it.made),
      taken: band((it) => it.taken),
      overflow: band((it) => it.overflow),
      waiting: band((it) => Math.max(0, it.made - it.taken - it.overflow)),
    }
  })
}

const NONE: TeamCount = { made: 0, taken: 0, overflow: 0 }

function repsOf(shape: Shape, drawn: readonly Drawn[], standsFor: number): RepForecast[] {
  const [first] = drawn
  if (!first) return []
  const each = drawn.map(({ leads }) => leads.reps())
  return first.leads
    .reps()
    .map(({ teamId, rep, hours }, place): RepForecast => {
      const days = each.map((it) => Array.from(it[place]?.days ?? []))
      const full = drawn.map(({ leads }) => Array.from(leads.fullMs.get(`${teamId}\n${rep.id}`) ?? []))
      return {
        teamId,
        repId: rep.id,
        name: rep.name,
        cap: rep.cap,
        full: bandOf(full.map((it) => it.reduce((a, b) => a + b, 0) / Math.max(1, shape.until - shape.from))),
        leads: scaled(bandOf(days.map((it) => it.reduce((a, b) => a + b, 0))), standsFor),
        busiestDay: scaled(bandOf(days.map((it) => Math.max(0, ...it))), standsFor),
        byDay: meansOver(days, standsFor),
        fullByDay: meansOver(full, 1 / DAY),
        atWork: daysAtWork(shape, rep, hours),
      }
    })
    .sort((a, b) => compareText(a.teamId, b.teamId) || compareText(a.name, b.name) || compareText(a.repId, b.repId))
}
