import type { Expectation } from './expectation.ts'
import type { Facts } from './facts.ts'

/** How a list that should hold exactly these differs: what is not there, what is there more than once, what is too much. */
function differences(what: string, found: readonly string[], wanted: ReadonlySet<string>): string[] {
  const times = new Map<string, number>()
  for (const it of found) times.set(it, (times.get(it) ?? 0) + 1)
  return [
    ...[...wanted].filter((it) => !times.has(it)).map((it) => `${what}: ${it} was lost`),
    ...[...times].filter(([it, n]) => n > 1 && wanted.has(it)).map(([it, n]) => `${what}: ${it} is there ${n} times`),
    ...[...times.keys()].filter((it) => !wanted.has(it)).map((it) => `${what}: ${it} is too much`),
  ]
}

type Check = (facts: Facts, expected: Expectation) => string[]

/** Each check by its name. `check.test.ts` plants a defect for every one of them. */
export const checks = {
  /** Every passage has its steps in one unbroken row, and as many as it says. */
  numbers: ({ passages }) =>
    passages.flatMap(({ place, seq, steps }) => {
      const numbers = steps.map((step) => step.seq)
      const good = numbers.length === seq && numbers.every((n, i) => n === i + 1)
      return good ? [] : [`${place}: steps are numbered ${numbers.join(', ')}, and the passage stands at ${seq}`]
    }),
  /** The journal says what the engine by itself would have done. */
  journal: ({ passages }, expected) => {
    const found = new Map<string, string[]>()
    for (const { place, steps } of passages)
      found.set(place, [...(found.get(place) ?? []), steps.map(({ node, port }) => `${node}.${port}`).join(' ')])
    return [...new Set([...found.keys(), ...expected.passages.keys()])].flatMap((place) => {
      const [is, should] = [(found.get(place) ?? []).sort(), expected.passages.get(place) ?? []]
      return is.join('|') === should.join('|')
        ? []
        : [`${place}: went ${is.join(' | ') || 'nowhere'} instead of ${should.join(' | ') || 'nowhere'}`]
    })
  },
  early: ({ passages }) => passages.flatMap((it) => it.early),
  points: ({ ledger }, expected) => differences('Points', ledger, expected.ledger),
  mails: ({ sends }, expected) =>
    differences(
      'Mails',
      sends.map(({ key }) => key),
      expected.sends,
    ),
  /** A mail that counts as sent was taken by the mail server, once; none is open; the server got no other. */
  'mails out': ({ sends, mails }) => {
    const ids = new Set(sends.map(({ messageId }) => messageId))
    return [
      ...sends.flatMap(({ key, status, messageId }) => {
        if (status === 'sent') return mails.has(messageId) ? [] : [`Mails: ${key} counts as sent, and the mail server never got it`]
        return status === 'unknown' ? [] : [`Mails: ${key} ended as ${status}`]
      }),
      ...[...mails].flatMap(([id, n]) => {
        if (!ids.has(id)) return [`Mails: the mail server got ${id}, which is no mail of ours`]
        return n > 1 ? [`Mails: the mail server got ${id} ${n} times`] : []
      }),
    ]
  },
  effects: ({ effects }, expected) => [
    ...differences(
      'Effects',
      effects.map(({ key }) => key),
      new Set(expected.effects.keys()),
    ),
    ...effects.filter(({ status }) => status !== 'done').map(({ key, status }) => `Effects: ${key} ended as ${status}`),
  ],
  /** Every call that is done was made; made again only with its key and the same words; none was made that nobody asked for. */
  calls: ({ effects, calls }) => {
    const asked = effects.filter(({ kind }) => kind === 'webhook')
    const names = new Set(asked.map(({ name }) => name))
    return [
      ...asked.filter(({ name, status }) => status === 'done' && !calls.has(name)).map(({ name }) => `Calls: ${name} was never made`),
      ...[...calls].flatMap(([name, bodies]) => {
        if (!names.has(name)) return [`Calls: ${name} was made, and nobody asked for it`]
        return bodies.every((body) => body === bodies[0]) ? [] : [`Calls: ${name} was made with different words`]
      }),
    ]
  },
  leads: ({ handoffs }, expected) => [
    ...differences(
      'Leads',
      handoffs.map(({ key }) => key),
      expected.handoffs,
    ),
    ...handoffs.filter(({ state }) => state !== 'assigned').map(({ key, state }) => `Leads: ${key} is ${state}`),
  ],
  counts: ({ counts }, expected) =>
    [...new Set([...counts.keys(), ...expected.counts.keys()])].flatMap((place) => {
      const [is, should] = [counts.get(place) ?? 0, expected.counts.get(place) ?? 0]
      return is === should ? [] : [`Counts: ${place} says ${is} instead of ${should}`]
    }),
  /** Whatever was acknowledged is there, once. */
  events: ({ events }, expected) => differences('Events', events, expected.told),
  rest: ({ rest }) => [...rest].flatMap(([what, n]) => (n === 0 ? [] : [`${n} ${what}`])),
} as const satisfies Record<string, Check>

/** Everything that must hold at the end of a round, as sentences about what does not. */
export const check = (facts: Facts, expected: Expectation): string[] =>
  Object.entries(checks).flatMap(([name, one]: [string, Check]) => one(facts, expected).map((said) => `${name}: ${said}`))
