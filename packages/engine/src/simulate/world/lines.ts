import { byArrival, passing, type ReleaseLine } from '@baton/leads'
import { throttlePayload } from '../../nodes/throttle/payload.ts'
import type { InboxItem } from '../../state/input.ts'
import type { Instant } from '../../state/person.ts'
import type { OutgoingEffect } from '../../state/result.ts'
import type { Delivery } from './coming.ts'

interface Place {
  contact: string
  key: string
  at: Instant
}

interface Line {
  waiting: Place[]
  payload: OutgoingEffect['payload']
  state: ReleaseLine | null
  next: Instant
}

/** Where a payload cannot be read nobody is kept waiting for ever: one a minute passes. */
const SLOWEST = { count: 1, per: 'minute' } as const

/** The lines of steps that let only so many people through: the schedule of a real run. S-6. */
export interface Lines {
  join(contact: string, effect: OutgoingEffect): void
  /** Takes those out whose passage is over; `prefix` is what their keys begin with. */
  leave(prefix: string): void
  /** Lets through whoever may pass by now, in order of arrival, then of key. */
  release(now: Instant): Delivery[]
  /** When the next of those that wait may pass; null where nobody waits. */
  next(): Instant | null
}

/** @param standsFor how many people each one stands for: so many times fewer pass. */
export function createLines(zone: string, standsFor = 1): Lines {
  const lines = new Map<string, Line>()

  function rateOf(payload: Line['payload']) {
    const parsed = throttlePayload.safeParse(payload)
    const rate = parsed.success ? parsed.data.rate : SLOWEST
    return { ...rate, count: Math.max(1, Math.round(rate.count / standsFor)) }
  }

  function serve(line: Line, now: Instant): Delivery[] {
    line.waiting.sort(byArrival)
    const through = passing(line.state, now, rateOf(line.payload), zone, line.waiting.length)
    const passed = line.waiting.splice(0, through.pass)
    if (passed.length > 0) line.state = through.after(passed.length)
    line.next = through.next
    return passed.map(({ contact, key }) => {
      const item: InboxItem = { kind: 'effect', at: now, effect: key, news: { outcome: 'released' } }
      return { contact, coming: item }
    })
  }

  return {
    join(contact, { enrolment: { flowId }, node, key, at, payload }) {
      const place = `${flowId}/${node}`
      const line = lines.get(place) ?? { waiting: [], payload, state: null, next: at }
      line.waiting.push({ contact, key, at })
      // The rate of the latest arrival holds; who comes to an empty line is looked at at once.
      line.payload = payload
      if (line.waiting.length === 1) line.next = at
      lines.set(place, line)
    },
    leave(prefix) {
      for (const line of lines.values()) {
        if (line.waiting.some((it) => it.key.startsWith(prefix))) line.waiting = line.waiting.filter((it) => !it.key.startsWith(prefix))
      }
    },
    release(now) {
      return [...lines.values()].flatMap((line) => (line.waiting.length > 0 && line.next <= now ? serve(line, now) : []))
    },
    next() {
      let next: Instant | null = null
      for (const line of lines.values()) if (line.waiting.length > 0 && (next === null || line.next < next)) next = line.next
      return next
    },
  }
}
