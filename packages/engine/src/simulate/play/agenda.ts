import type { Instant, SendFact } from '../../state/person.ts'
import type { Coming } from '../world/coming.ts'

/** A mail that something else than the flows at hand sends: it counts wherever mails are counted. */
export interface OtherMail {
  kind: 'other-mail'
  at: Instant
  send: SendFact
}

/** What lies ahead of a contact whatever the flows do. */
export type Ahead = Coming | OtherMail

/** What will reach a contact, by time; what comes at the same time in the order in which it was put down. */
export class Agenda {
  #open: Ahead[]
  #from = 0

  constructor(coming: readonly Ahead[]) {
    this.#open = [...coming].sort((a, b) => a.at - b.at)
  }

  /** When the first of it comes; Infinity where nothing will. */
  get next(): number {
    return this.#open[this.#from]?.at ?? Number.POSITIVE_INFINITY
  }

  add(coming: Ahead): void {
    const open = this.#open
    let place = open.length
    while (place > this.#from && (open[place - 1]?.at ?? 0) > coming.at) place--
    if (place === open.length) open.push(coming)
    else open.splice(place, 0, coming)
  }

  /** Takes out what has come by `now`, in order. */
  take(now: number): readonly Ahead[] {
    const begin = this.#from
    let end = begin
    while ((this.#open[end]?.at ?? Number.POSITIVE_INFINITY) <= now) end++
    if (end === begin) return NOTHING
    const taken = this.#open.slice(begin, end)
    this.#from = end
    if (end === this.#open.length) {
      this.#open = []
      this.#from = 0
    }
    return taken
  }
}

const NOTHING: readonly Ahead[] = []
