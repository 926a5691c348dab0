import { persona } from '@baton/engine'
import { sampleCatalog, sampleFlows, sampleSegments } from '@baton/engine/fixtures'
import { beforeEach, describe, expect, test } from 'vitest'
import { createAnswers } from './answer.ts'
import { placeAt, trailAt } from './frames.ts'
import type { Asked, AskKind, Asks, Begin, Got } from './protocol.ts'
import { createWalk, type WalkStore } from './walk-store.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const AT = Date.UTC(2026, 2, 2, 9)
const [webinar] = sampleFlows

/** The engine as it answers beside the page, here without a page. */
function engine() {
  const answers = createAnswers()
  if (!webinar) throw new Error('There are sample flows')
  const { id, name, graph } = webinar
  answers.open({ flow: { id, name }, graph, catalog: sampleCatalog, segments: sampleSegments, inner: [], scoring: null, teams: [] })
  const asked: AskKind[] = []
  const ask = <K extends AskKind>(kind: K, give: Asks[K]['give']): Promise<Got<K>> => {
    asked.push(kind)
    const question = { id: 1, ask: kind, give } as Asked
    try {
      return Promise.resolve((question.ask === 'draw' ? answers.draw(question.give) : answers.walk(give as never)) as Got<K>)
    } catch (error) {
      return Promise.reject(error)
    }
  }
  return { ask, asked }
}

const attended = { do: 'event' as const, type: 'webinar.attended', props: { minutes: 30, webinar: 'w1' } }
const begin = (over: Partial<Begin> = {}): Begin => ({
  at: AT,
  who: { kind: 'persona', persona: persona.parse({ fields: { email: 'robin@example.com', zone: 'UTC' } }) },
  entrance: attended,
  ...over,
})

describe('a walk as it is looked at', () => {
  let walk: WalkStore
  let asked: AskKind[]
  const now = () => walk.getState()
  const at = () => now().frames[now().cursor]
  beforeEach(async () => {
    const made = engine()
    asked = made.asked
    walk = createWalk(made)
    await now().start(begin())
  })

  test('begins at the first step, goes on step by step, and asks the engine only when nothing more is known', async () => {
    const known = now().frames.length
    expect(now().cursor).toBe(0)
    for (let i = 1; i < known; i++) await now().forward()
    expect(now().cursor).toBe(known - 1)
    expect(asked).toEqual(['walk'])
    await now().forward()
    expect(asked).toEqual(['walk', 'walk'])
    expect(now().cursor).toBe(known)
    expect(now().decisions).toEqual([{ do: 'on' }])
    expect(at()?.at).toBe(AT + 2 * DAY)
  })

  test('forward, then back, is where one was', async () => {
    await now().forward()
    const before = at()
    await now().forward()
    now().back()
    expect(at()).toEqual(before)
    now().back()
    now().back()
    now().back()
    expect(now().cursor).toBe(0)
  })

  test('what is decided at an earlier moment forgets what was decided later', async () => {
    const first = now().frames.length
    const clicked = { do: 'event' as const, type: 'mail.clicked', props: {} }
    await now().decide({ do: 'happen', at: AT + HOUR, what: clicked })
    await now().decide({ do: 'on' })
    expect(now().decisions).toHaveLength(2)
    now().show(first - 1)
    await now().decide({ do: 'on' })
    expect(now().decisions).toEqual([{ do: 'on' }])
    expect(now().cursor).toBe(first)
  })

  test('decides anew in the middle of a time that was let pass', async () => {
    await now().start(begin({ at: AT + 2 * HOUR }))
    const known = now().frames.length
    now().show(known - 1)
    await now().decide({ do: 'until', at: AT + 20 * DAY })
    const after = now().frames.slice(known)
    expect(new Set(after.map((it) => it.at)).size).toBeGreaterThan(1)
    const middle = now().frames.findLastIndex((it) => it.at === after[0]?.at)
    now().show(middle)
    await now().anew()
    expect(now().decisions).toEqual([{ do: 'until', at: after[0]?.at }])
    expect(now().frames).toHaveLength(middle + 1)
    expect(now().cursor).toBe(middle)
  })

  test('jumps back to what had happened by then, and on in time', async () => {
    await now().jump(AT + 3 * DAY)
    expect(at()?.at).toBeGreaterThan(AT)
    const decided = now().decisions
    await now().jump(AT)
    expect(at()?.at).toBe(AT)
    expect(now().decisions).toEqual(decided)
    await now().days(1)
    expect(at()?.at).toBeLessThanOrEqual(AT + DAY)
  })

  test('the way so far: steps, ways and the place', async () => {
    const graph = webinar?.graph
    const [trigger] = graph?.nodes.filter((it) => it.type === 'trigger') ?? []
    expect(placeAt(now().frames, 0)).toBe(trigger?.id)
    const { nodes, ways } = trailAt(now().frames, 0)
    expect([...nodes]).toEqual([trigger?.id])
    expect([...ways]).toEqual([`${trigger?.id} out`])
    now().show(now().frames.length - 1)
    const here = now().walk?.here
    expect(here?.how === 'rests' && placeAt(now().frames, now().cursor) === here.node).toBe(true)
  })

  test('who is not let in stays outside, with the reason', async () => {
    await now().start(begin({ entrance: { ...attended, props: { minutes: 1, webinar: 'w1' } } }))
    expect(now().walk?.here).toEqual({ how: 'not-in' })
    expect(now().entrances.map((it) => it.node)).toHaveLength(1)
    expect(placeAt(now().frames, 0)).toBeNull()
  })

  test('a draw is the same again from the same place', async () => {
    now().show(now().frames.length - 1)
    await now().draw('s')
    const drawn = now().decisions
    await now().start(begin())
    now().show(now().frames.length - 1)
    await now().draw('s')
    expect(now().decisions).toEqual(drawn)
  })

  test('an error of the engine is told and changes nothing', async () => {
    const broken = createWalk({ ask: () => Promise.reject(new Error('It stopped.')) })
    await broken.getState().start(begin())
    expect(broken.getState()).toMatchObject({ error: 'It stopped.', busy: false, walk: null })
  })
})
