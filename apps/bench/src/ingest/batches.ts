import { dice } from '../people.ts'

/** Events of a batch, as the tracking clients send it at most without being told otherwise. */
export const BATCH = 100

const NAMES = ['Demo booked', 'Report opened', 'Seat added', 'Invoice paid', 'Search made']
const PLANS = ['free', 'team', 'business']
const PAGES = ['/pricing', '/docs/start', '/blog/leads', '/changelog']

export interface Population {
  /** People who are known: their user ids are `p0` … */
  people: number
  /** Share of events that come from visitors whom nobody has seen before. */
  strangers: number
}

/** Requests that make everybody known, a hundred people each. */
export function introductions({ people }: Population): Buffer[] {
  return Array.from({ length: Math.ceil(people / BATCH) }, (_, request) => {
    const batch = Array.from({ length: Math.min(BATCH, people - request * BATCH) }, (_, i) => {
      const who = request * BATCH + i
      const traits = { email: `p${who}@example.com`, firstName: `Given${who}`, company: `Company ${who % 500}` }
      return { type: 'identify', messageId: `hello-${who}`, userId: `p${who}`, traits }
    })
    return Buffer.from(JSON.stringify({ batch }))
  })
}

/** Track requests of a round, the same for the same round: what a web shop's back end sends, about 400 bytes an event. */
export function trackRequests({ people, strangers }: Population, round: number, requests: number): Buffer[] {
  const random = dice(1000 + round)
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? ''
  return Array.from({ length: requests }, (_, request) => {
    const batch = Array.from({ length: BATCH }, (_, i) => ({
      type: 'track',
      messageId: `r${round}-${request}-${i}-7c1e5d0b2f3a4c6d`,
      ...(random() < strangers ? { anonymousId: `v${round}-${request}-${i}` } : { userId: `p${Math.floor(random() * people)}` }),
      event: pick(NAMES),
      properties: {
        plan: pick(PLANS),
        page: pick(PAGES),
        seats: Math.floor(random() * 50),
        amount: Math.round(random() * 90_000) / 100,
        currency: 'EUR',
        referrer: 'https://www.example.com/search?q=leads',
      },
      context: { library: { name: 'analytics-node', version: '2.1.0' }, locale: 'en-GB' },
      timestamp: '2026-03-13T09:00:00.000Z',
      sentAt: '2026-03-13T09:00:00.000Z',
    }))
    return Buffer.from(JSON.stringify({ batch, sentAt: '2026-03-13T09:00:00.000Z' }))
  })
}
