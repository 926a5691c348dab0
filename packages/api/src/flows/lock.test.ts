import type { FlowLock, Tab } from '@baton/db'
import { describe, expect, it } from 'vitest'
import { draws, GRACE, LEASE, type LockDeed, lockStep, otherThan, WISH, wishOf } from './lock.ts'

const nora: Tab = { tab: 'tab-nora', userId: 'u1', name: 'Nora' }
const norasOther: Tab = { ...nora, tab: 'tab-nora-2' }
const jonas: Tab = { tab: 'tab-jonas', userId: 'u2', name: 'Jonas' }
const marta: Tab = { tab: 'tab-marta', userId: 'u3', name: 'Marta' }

/** A flow with a clock that is moved by hand. */
function house() {
  let lock: FlowLock | null = null
  let now = 1_000
  const taken: (readonly [string, string])[] = []
  return {
    lock: () => lock,
    wait(ms: number) {
      now += ms
    },
    does(who: Tab, deed: LockDeed) {
      const done = lockStep(lock, who, deed, now)
      lock = done.lock
      if (done.takenFrom) taken.push([done.takenFrom.name, lock?.name ?? ''])
      return draws(lock, who)
    },
    editor: (who: Tab) => otherThan(lock, who, now)?.name ?? null,
    wish: () => wishOf(lock, now),
    taken,
    beat(who: Tab) {
      return this.does(who, { do: 'beat' })
    },
  }
}

describe('one page draws a flow at a time', () => {
  it('the first that opens it, and another page of the same person is another page', () => {
    const flow = house()
    expect(flow.does(nora, { do: 'enter' })).toBe(true)
    expect(flow.does(jonas, { do: 'enter' })).toBe(false)
    expect(flow.does(norasOther, { do: 'enter' })).toBe(false)
    expect(flow.editor(jonas)).toBe('Nora')
    expect(flow.editor(nora)).toBeNull()
  })
  it('opening it again in the same page keeps since when', () => {
    const flow = house()
    flow.does(nora, { do: 'enter' })
    flow.wait(50)
    flow.does(nora, { do: 'enter' })
    expect(flow.lock()?.since).toBe(1_000)
  })
  it('a page that closes makes room', () => {
    const flow = house()
    flow.does(nora, { do: 'enter' })
    flow.does(nora, { do: 'leave' })
    expect(flow.does(jonas, { do: 'enter' })).toBe(true)
    expect(flow.does(nora, { do: 'leave' })).toBe(false)
    expect(flow.editor(nora)).toBe('Jonas')
  })
  it('a page that is silent for the lease makes room, and goes on where nobody came', () => {
    const flow = house()
    flow.does(nora, { do: 'enter' })
    flow.wait(LEASE - 1)
    expect(flow.does(jonas, { do: 'enter' })).toBe(false)
    flow.wait(1)
    expect(flow.editor(jonas)).toBeNull()
    expect(flow.beat(nora)).toBe(true)
    flow.wait(LEASE)
    expect(flow.does(jonas, { do: 'enter' })).toBe(true)
    expect(flow.beat(nora)).toBe(false)
    expect(flow.taken).toEqual([])
  })
  it('a page that is loaded anew goes on in its place, however late its farewell arrives; nobody else does by its name', () => {
    const flow = house()
    const anew: Tab = { ...nora, tab: 'tab-nora-anew' }
    flow.does(nora, { do: 'enter' })
    expect(flow.does(jonas, { do: 'enter', instead: nora.tab })).toBe(false)
    expect(flow.does(anew, { do: 'enter', instead: nora.tab })).toBe(true)
    flow.does(nora, { do: 'leave' })
    expect(flow.beat(anew)).toBe(true)
    expect(flow.does(nora, { do: 'enter' })).toBe(false)
  })
  it('a page that only reads does not get the place by looking', () => {
    const flow = house()
    flow.does(nora, { do: 'enter' })
    flow.beat(jonas)
    flow.does(nora, { do: 'leave' })
    expect(flow.beat(jonas)).toBe(false)
    expect(flow.lock()).toBeNull()
  })
})

describe('asking for the place', () => {
  it('it is given away', () => {
    const flow = house()
    flow.does(nora, { do: 'enter' })
    expect(flow.does(jonas, { do: 'ask' })).toBe(false)
    expect(flow.wish()).toMatchObject({ name: 'Jonas', dueAt: null })
    flow.does(nora, { do: 'answer', yes: true })
    expect(flow.beat(jonas)).toBe(true)
    expect(flow.beat(nora)).toBe(false)
    expect(flow.taken).toEqual([])
  })
  it('it is not, and can be asked for again', () => {
    const flow = house()
    flow.does(nora, { do: 'enter' })
    flow.does(jonas, { do: 'ask' })
    flow.does(nora, { do: 'answer', yes: false })
    expect(flow.wish()).toBeNull()
    expect(flow.beat(jonas)).toBe(false)
    flow.does(jonas, { do: 'ask' })
    expect(flow.wish()?.name).toBe('Jonas')
  })
  it('whoever asks gets it when the other closes or falls silent', () => {
    for (const end of ['leave', 'silent'] as const) {
      const flow = house()
      flow.does(nora, { do: 'enter' })
      flow.does(jonas, { do: 'ask' })
      if (end === 'leave') flow.does(nora, { do: 'leave' })
      for (let waited = 0; waited < LEASE; waited += 5_000) {
        flow.wait(5_000)
        flow.beat(jonas)
      }
      expect(draws(flow.lock(), jonas)).toBe(true)
    }
  })
  it('a wish is forgotten when its page is gone', () => {
    const flow = house()
    flow.does(nora, { do: 'enter' })
    flow.does(jonas, { do: 'ask' })
    flow.wait(WISH)
    expect(flow.wish()).toBeNull()
    flow.does(nora, { do: 'answer', yes: true })
    expect(flow.beat(nora)).toBe(true)
    flow.does(nora, { do: 'leave' })
    expect(flow.lock()).toBeNull()
  })
  it('can be taken back', () => {
    const flow = house()
    flow.does(nora, { do: 'enter' })
    flow.does(jonas, { do: 'ask' })
    flow.does(jonas, { do: 'leave' })
    expect(flow.wish()).toBeNull()
    expect(flow.editor(jonas)).toBe('Nora')
  })
})

describe('taking the place', () => {
  it('the other saves and gives it up; it is noted whose place was taken', () => {
    const flow = house()
    flow.does(nora, { do: 'enter' })
    expect(flow.does(jonas, { do: 'take' })).toBe(false)
    expect(flow.beat(nora)).toBe(true)
    flow.does(nora, { do: 'answer', yes: true })
    expect(flow.beat(jonas)).toBe(true)
    expect(flow.taken).toEqual([['Nora', 'Jonas']])
  })
  it('happens after the grace when the other does not answer, and not before', () => {
    const flow = house()
    flow.does(nora, { do: 'enter' })
    flow.does(jonas, { do: 'take' })
    flow.wait(GRACE - 1)
    expect(flow.beat(jonas)).toBe(false)
    flow.wait(1)
    expect(flow.beat(jonas)).toBe(true)
    expect(flow.beat(nora)).toBe(false)
    expect(flow.taken).toEqual([['Nora', 'Jonas']])
  })
  it('cannot be refused', () => {
    const flow = house()
    flow.does(nora, { do: 'enter' })
    flow.does(jonas, { do: 'take' })
    flow.does(nora, { do: 'answer', yes: false })
    flow.wait(GRACE)
    expect(flow.beat(jonas)).toBe(true)
  })
  it('goes before asking, and the first of two gets it', () => {
    const flow = house()
    flow.does(nora, { do: 'enter' })
    flow.does(marta, { do: 'ask' })
    flow.does(jonas, { do: 'take' })
    expect(flow.does(marta, { do: 'take' })).toBe(false)
    expect(flow.wish()?.name).toBe('Jonas')
    flow.wait(GRACE)
    expect(flow.beat(marta)).toBe(false)
    expect(flow.beat(jonas)).toBe(true)
    expect(flow.does(marta, { do: 'take' })).toBe(false)
  })
  it('saying it again does not put it off, and asking does not soften it', () => {
    const flow = house()
    flow.does(nora, { do: 'enter' })
    flow.does(jonas, { do: 'take' })
    flow.wait(GRACE - 1)
    flow.does(jonas, { do: 'take' })
    flow.does(jonas, { do: 'ask' })
    flow.wait(1)
    expect(flow.beat(jonas)).toBe(true)
  })
  it('a free place is simply taken', () => {
    const flow = house()
    expect(flow.does(jonas, { do: 'take' })).toBe(true)
    flow.wait(LEASE)
    expect(flow.does(nora, { do: 'ask' })).toBe(true)
    expect(flow.taken).toEqual([])
  })
})

it('one page of another user never passes for the one that draws, whatever id it names', () => {
  const flow = house()
  flow.does(nora, { do: 'enter' })
  const thief: Tab = { ...jonas, tab: nora.tab }
  expect(flow.beat(thief)).toBe(false)
  flow.does(thief, { do: 'leave' })
  expect(flow.beat(nora)).toBe(true)
})
