import type { Bundle, BundleContact } from '@baton/engine/testing'

/** Looks at a smaller case: whether it still goes wrong. */
export type Fails = (bundles: readonly Bundle[]) => Promise<boolean>

/** What is known of what went wrong: whom it was seen with, and the lines that say it. */
export interface Clue {
  people: ReadonlySet<string>
  lines: string
}

/** How long a smaller case is looked for. */
export interface Patience {
  tries?: number | undefined
  ms?: number | undefined
}

/** A try of many bundles takes a minute, one of a few a second. */
const PATIENCE = { tries: 2_000, ms: 20 * 60_000 } as const

/** The same without what comes later. */
export const before = (bundles: readonly Bundle[], until: number): readonly Bundle[] =>
  bundles.map((bundle) => ({
    ...bundle,
    contacts: bundle.contacts.map((it) => ({
      ...it,
      items: it.items.filter(({ at }) => at <= until),
      answers: it.answers.filter(({ receivedAt }) => receivedAt <= until),
    })),
  }))

const keyOf = ({ state }: BundleContact) => state.person.key

/** Something of a case that can be left out bit by bit. */
interface Part {
  length(of: readonly Bundle[]): number
  without(of: readonly Bundle[], from: number, size: number): readonly Bundle[]
}

function part<T>(
  list: (of: readonly Bundle[]) => readonly T[],
  put: (of: readonly Bundle[], list: readonly T[]) => readonly Bundle[],
): Part {
  return {
    length: (of) => list(of).length,
    without: (of, from, size) => put(of, [...list(of).slice(0, from), ...list(of).slice(from + size)]),
  }
}

/** A list within one of the bundles. */
const within = <T>(place: number, list: (of: Bundle) => readonly T[], put: (of: Bundle, list: readonly T[]) => Bundle): Part =>
  part(
    (of) => of.slice(place, place + 1).flatMap(list),
    (of, fewer) => of.map((it, i) => (i === place ? put(it, fewer) : it)),
  )

/** A list within one of the people of one of the bundles. */
const ofPerson = <T>(
  place: number,
  nth: number,
  list: (of: BundleContact) => readonly T[],
  put: (of: BundleContact, list: readonly T[]) => BundleContact,
): Part =>
  within(
    place,
    ({ contacts }) => contacts.slice(nth, nth + 1).flatMap(list),
    (of, fewer) => ({ ...of, contacts: of.contacts.map((it, i) => (i === nth ? put(it, fewer) : it)) }),
  )

/** What a case is made of, the largest first: what went makes every try after it shorter. */
function* partsOf(bundles: readonly Bundle[]): Generator<Part> {
  for (const [i, { contacts }] of bundles.entries()) {
    yield within(
      i,
      (it) => it.contacts,
      (it, fewer) => ({ ...it, contacts: fewer }),
    )
    yield within(
      i,
      (it) => it.flows,
      (it, fewer) => ({ ...it, flows: fewer }),
    )
    for (const n of contacts.keys()) {
      yield ofPerson(
        i,
        n,
        (it) => it.items,
        (it, items) => ({ ...it, items }),
      )
      yield ofPerson(
        i,
        n,
        (it) => it.answers,
        (it, answers) => ({ ...it, answers }),
      )
      yield ofPerson(
        i,
        n,
        (it) => it.state.events,
        (it, events) => ({ ...it, state: { ...it.state, events } }),
      )
      yield ofPerson(
        i,
        n,
        (it) => it.state.ledger,
        (it, ledger) => ({ ...it, state: { ...it.state, ledger } }),
      )
      yield ofPerson(
        i,
        n,
        (it) => it.state.related,
        (it, related) => ({ ...it, state: { ...it.state, related } }),
      )
    }
  }
}

const WHOLE = part<Bundle>(
  (of) => of,
  (_, fewer) => fewer,
)

/** Where a smaller case is looked for first: with those who were seen alone, then with whatever the lines name, then with everybody. */
function firstOf(bundles: readonly Bundle[], { people, lines }: Clue): (readonly Bundle[])[] {
  const words = new Set(lines.match(/[\w-]+/g))
  const seen = bundles.filter((it) => it.contacts.some((one) => people.has(keyOf(one))))
  const alone = seen.map((it) => ({ ...it, contacts: it.contacts.filter((one) => people.has(keyOf(one))) }))
  const named = bundles.filter((it) => seen.includes(it) || [...it.flows, ...it.teams].some(({ id }) => words.has(id)))
  const onlyThere = bundles.map((it) => (named.includes(it) ? it : { ...it, contacts: [] }))
  return [alone.slice(0, 1), alone, seen.slice(0, 1), seen, named, onlyThere]
}

/**
 * A smaller case that still goes wrong: whatever can be left out is, in halves, quarters, and at last one by one, as long as there are tries
 * and time left.
 */
export async function shrink(
  bundles: readonly Bundle[],
  clue: Clue,
  fails: Fails,
  { tries = PATIENCE.tries, ms = PATIENCE.ms }: Patience = {},
): Promise<readonly Bundle[]> {
  const end = performance.now() + ms
  let left = tries
  const goesOn = () => left > 0 && performance.now() < end
  const still = async (it: readonly Bundle[]) => goesOn() && left-- > 0 && (await fails(it).catch(() => false))

  let best = bundles
  for (const it of firstOf(bundles, clue)) {
    if (!(await still(it))) continue
    best = it
    break
  }

  async function cut({ length, without }: Part): Promise<boolean> {
    let any = false
    for (let size = length(best); size >= 1; size = Math.floor(size / 2)) {
      for (let from = 0; from < length(best) && goesOn(); ) {
        const fewer = without(best, from, size)
        if (await still(fewer)) {
          best = fewer
          any = true
        } else from += size
      }
    }
    return any
  }

  for (let again = true; again && goesOn(); ) {
    again = await cut(WHOLE)
    // What is left of a bundle or a person may be less by the time it has its turn; a part that is gone has no length.
    for (const it of partsOf(best)) again = (await cut(it)) || again
  }
  return best
}
