import type { Instant } from '../../state/person.ts'
import type { OutgoingEffect } from '../../state/result.ts'
import type { CallAnswer } from './call-answers.ts'
import type { Delivery } from './coming.ts'
import { Queue } from './queue.ts'

interface Kept {
  contact: string
  key: string
  news: CallAnswer['news']
  gone: boolean
}

/**
 * Calls of web addresses, and answers that come later. They stay with the world until their instant: there they come behind what sales does
 * then, as in a real run, and not among what the person brings along. S-4, S-11.
 */
export interface Calls {
  ask(contact: string, call: OutgoingEffect, at: Instant): void
  /** Forgets those of a passage that is over; `prefix` is what their keys begin with. */
  leave(contact: string, prefix: string): void
  /** What is answered by now. */
  answer(now: Instant): Delivery[]
  /** When there is something to answer; null where nothing is asked. */
  next(): Instant | null
}

/** @param answers what is answered to a call, and when; undefined: somebody else answers it */
export function createCalls(answers: (contact: string, call: OutgoingEffect, now: Instant) => CallAnswer | undefined): Calls {
  let asked: { contact: string; call: OutgoingEffect }[] = []
  let askedAt: Instant | null = null
  const order = new Queue()
  const kept: Kept[] = []
  /** Of each contact those that are still to come. */
  const open = new Map<string, Kept[]>()

  function keep(at: Instant, one: Kept): void {
    order.push(at, kept.length)
    kept.push(one)
    const own = open.get(one.contact)
    if (own) own.push(one)
    else open.set(one.contact, [one])
  }

  function forget(contact: string, which: (one: Kept) => boolean): void {
    const own = open.get(contact)
    if (!own) return
    for (const one of own) if (which(one)) one.gone = true
    const left = own.filter((it) => !it.gone)
    if (left.length > 0) open.set(contact, left)
    else open.delete(contact)
    // Nobody is asked at an instant at which nothing comes.
    while (kept[order.first]?.gone) order.pop()
  }

  return {
    ask(contact, call, at) {
      asked.push({ contact, call })
      askedAt = at
    },
    leave(contact, prefix) {
      if (asked.length > 0) asked = asked.filter((it) => !it.call.key.startsWith(prefix))
      forget(contact, (one) => one.key.startsWith(prefix))
    },
    answer(now) {
      const said: Delivery[] = []
      while (order.next <= now) {
        const one = kept[order.pop() ?? 0]
        if (!one || one.gone) continue
        forget(one.contact, (it) => it === one)
        said.push(delivered(one, now))
      }
      const fresh = asked
      asked = []
      for (const { contact, call } of fresh) {
        const told = answers(contact, call, now)
        if (!told) continue
        const one: Kept = { contact, key: call.key, news: told.news, gone: false }
        if (told.at > now) keep(told.at, one)
        else said.push(delivered(one, now))
      }
      return said
    },
    next() {
      if (asked.length > 0) return askedAt
      return Number.isFinite(order.next) ? order.next : null
    },
  }
}

const delivered = ({ contact, key, news }: Kept, at: Instant): Delivery => ({ contact, coming: { kind: 'effect', at, effect: key, news } })
