import type { ContactState } from '../../state/contact.ts'
import type { Instant } from '../../state/person.ts'
import { UNDECIDED } from '../../state/result.ts'
import type { Played } from '../play/play.ts'
import { Durations } from './durations.ts'
import type { LeadBook } from './lead-book.ts'
import { type Shape, stretchOf } from './shape.ts'

const WEEK = 7 * 86_400_000
/** More mails a week than this are counted as this many. */
const MOST_MAILS = 50

/** Counts what happens in one draw, turn by turn; keeps no line of the log. S-22 to S-25. */
export class Tally {
  readonly shape: Shape
  /** By node, then by stretch. */
  readonly arrivals: Int32Array
  /** By way, then by stretch. */
  readonly left: Int32Array
  /** By node: who stood there at the beginning. */
  readonly before: Int32Array
  readonly stays: readonly Durations[]
  /** How many contact-weeks have so many mails. */
  readonly mailWeeks = new Float64Array(MOST_MAILS + 1)
  /** The most mails somebody gets within seven days, and who. */
  most = 0
  mostOf: string | null = null
  mails = 0
  entered = 0
  ended = new Map<string, number>()
  /** Steps that threw: people who stand still. */
  stuck = 0
  steps = 0
  readonly #leads: LeadBook
  readonly #weeks: number
  readonly #times: number[] = []

  constructor(shape: Shape, leads: LeadBook) {
    this.shape = shape
    this.#leads = leads
    this.#weeks = Math.max(1, Math.ceil((shape.until - shape.from) / WEEK))
    this.arrivals = new Int32Array(shape.nodes.length * shape.stretches)
    this.left = new Int32Array(shape.ways.length * shape.stretches)
    this.before = new Int32Array(shape.nodes.length)
    this.stays = shape.nodes.map(() => new Durations())
  }

  /** Somebody as they are before the first turn. */
  starts({ enrolments }: ContactState): void {
    for (const { flowId, node } of enrolments) {
      const place = this.shape.nodeAt.get(node)
      if (flowId === this.shape.flowId && place !== undefined) this.before[place] = (this.before[place] ?? 0) + 1
    }
  }

  turn({ at, before, result }: Played): void {
    const { flowId, stretches, nodeAt, wayAt } = this.shape
    const stretch = stretchOf(this.shape, at)
    for (const delta of result.deltas) {
      if (delta.flowId !== flowId || delta.port === UNDECIDED) continue
      const place = delta.port === null ? nodeAt.get(delta.node) : wayAt.get(delta.node)?.get(delta.port)
      if (place === undefined) continue
      const counts = delta.port === null ? this.arrivals : this.left
      counts[place * stretches + stretch] = (counts[place * stretches + stretch] ?? 0) + 1
    }
    for (const { value, isNew, ended, steps } of result.enrolments) {
      if (value.flowId !== flowId) continue
      this.steps += steps.length
      if (isNew) this.entered++
      if (ended) this.ended.set(ended.how, (this.ended.get(ended.how) ?? 0) + 1)
      if (value.vars.parked?.at === at) this.stuck++
      this.#stayed(before, value, steps, isNew, at)
    }
    this.mails += result.sends.length - result.withdrawn.length
    this.#leads.turn(result, at)
  }

  /** The first step of a turn ends a stay that began earlier; those after it take no time. */
  #stayed(
    before: ContactState,
    of: { flowId: string; key: string; entry: number },
    steps: readonly { node: string }[],
    isNew: boolean,
    at: Instant,
  ) {
    for (const [i, { node }] of steps.entries()) {
      const place = this.shape.nodeAt.get(node)
      if (place === undefined) continue
      const was =
        i === 0 && !isNew
          ? before.enrolments.find((it) => it.flowId === of.flowId && it.key === of.key && it.entry === of.entry)
          : undefined
      this.stays[place]?.add(was ? at - was.nodeSince : 0)
    }
  }

  /** Somebody as they are in the end: what they got, week by week. Mails of other flows count as well. S-25. */
  ends(state: ContactState): void {
    const { from, until } = this.shape
    const times = this.#times
    times.length = 0
    for (const { at, status } of state.sends) {
      if (at >= from && at <= until && status !== 'withdrawn' && status !== 'failed') times.push(at)
    }
    if (times.length === 0) {
      this.mailWeeks[0] = (this.mailWeeks[0] ?? 0) + this.#weeks
      return
    }
    times.sort((a, b) => a - b)
    let weeks = this.#weeks
    for (let i = 0; i < times.length; ) {
      const week = Math.floor(((times[i] ?? 0) - from) / WEEK)
      let count = 0
      while (i < times.length && Math.floor(((times[i] ?? 0) - from) / WEEK) === week) {
        count++
        i++
      }
      const place = Math.min(MOST_MAILS, count)
      this.mailWeeks[place] = (this.mailWeeks[place] ?? 0) + 1
      weeks--
    }
    this.mailWeeks[0] = (this.mailWeeks[0] ?? 0) + Math.max(0, weeks)
    for (let first = 0, last = 0; last < times.length; last++) {
      while ((times[last] ?? 0) - (times[first] ?? 0) >= WEEK) first++
      if (last - first + 1 <= this.most) continue
      this.most = last - first + 1
      this.mostOf = state.person.key
    }
  }

  /** How many people are at each node at the end of each stretch: by node, then by stretch. */
  people(): Int32Array {
    const { nodes, stretches, ways, nodeAt } = this.shape
    const people = new Int32Array(nodes.length * stretches)
    for (let i = 0; i < people.length; i++) people[i] = this.arrivals[i] ?? 0
    for (const [way, { node }] of ways.entries()) {
      const place = nodeAt.get(node) ?? 0
      for (let s = 0; s < stretches; s++)
        people[place * stretches + s] = (people[place * stretches + s] ?? 0) - (this.left[way * stretches + s] ?? 0)
    }
    for (let place = 0; place < nodes.length; place++) {
      let sum = this.before[place] ?? 0
      for (let s = 0; s < stretches; s++) {
        sum += people[place * stretches + s] ?? 0
        people[place * stretches + s] = sum
      }
    }
    return people
  }
}
