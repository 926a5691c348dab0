import { describe, expect, it } from 'vitest'
import { createSeat, type Drawing, type Editing, EVERY, type SeatDeed, type Theirs } from './seat.ts'

const nora = { name: 'Nora', you: false, since: 1, activeAt: 2 }
const alone: Editing = { mine: true, editor: null, wish: null, now: 10 }
const reading: Editing = { mine: false, editor: nora, wish: null, now: 10 }
const taking = { name: 'Nora', you: false, mine: false, taking: true }
const draft: Theirs = { graph: { of: 'nora' }, rev: 6, at: 9, by: 'Nora' }

/** A page with a server that answers what it is told to, and timers that are run by hand. */
function house(first: Editing, mayDraw = true) {
  const said: string[] = []
  const timers: { call: () => void; ms: number }[] = []
  const answers: (Editing & { draft: Theirs | null })[] = []
  const errors: unknown[] = []
  const page = { seen: true, saves: true, stuck: false, followed: [] as (Theirs | null)[] }
  let last = { ...first, draft: null as Theirs | null }
  const seat = createSeat(
    first,
    { mayDraw, rev: 5 },
    {
      async call(deed: SeatDeed, rev) {
        said.push(`${deed.do} ${rev}`)
        const next = answers.shift()
        if (next) last = { ...next }
        else last = { ...last, draft: null }
        return next ?? last
      },
      later(call, ms) {
        timers.push({ call, ms })
        return () => timers.splice(0)
      },
      seen: () => page.seen,
      onError: (error) => errors.push(error),
    },
  )
  const drawing: Drawing = {
    rev: () => 5,
    flush: async () => page.saves,
    stuck: () => page.stuck,
    follow: (theirs) => page.followed.push(theirs),
  }
  return {
    seat,
    page,
    said,
    timers,
    drawing,
    state: () => seat.store.getState(),
    answer: (editing: Editing, theirs: Theirs | null = null) => answers.push({ ...editing, draft: theirs }),
    /** Runs what waits, and lets the answers arrive. */
    async tick() {
      for (const { call } of timers.splice(0)) call()
      for (let turn = 0; turn < 40; turn++) await Promise.resolve()
    },
  }
}

describe('the place of a page', () => {
  it('who draws says so every few seconds, more seldom while nobody looks', async () => {
    const { seat, drawing, said, timers, tick, page } = house(alone)
    seat.attach(drawing)
    expect(timers.map((it) => it.ms)).toEqual([EVERY.draws])
    await tick()
    expect(said).toEqual(['beat 5'])
    page.seen = false
    await tick()
    expect(timers.map((it) => it.ms)).toEqual([EVERY.hidden])
  })

  it('who reads looks, and follows what is saved', async () => {
    const { seat, drawing, said, tick, page, answer, state } = house(reading)
    seat.attach(drawing)
    answer(reading, draft)
    await tick()
    expect(said).toEqual(['look 5'])
    expect(page.followed).toEqual([draft])
    expect(state().theirs).toEqual({ rev: 6, at: 9, by: 'Nora' })
  })

  it('what this page saved itself is not followed, however it comes back', async () => {
    const { seat, drawing, tick, page, answer } = house(alone)
    seat.attach(drawing)
    answer(alone, draft)
    await tick()
    expect(page.followed).toEqual([])
  })

  it('after a refused save it goes on from what the server has', async () => {
    const { seat, drawing, tick, page, answer } = house(alone)
    seat.attach(drawing)
    page.stuck = true
    answer(alone, draft)
    await tick()
    expect(page.followed).toEqual([draft])
  })

  it('taken over, it changes nothing more, saves, gives the place up and says to whom', async () => {
    const { seat, drawing, said, tick, answer, state, page } = house(alone)
    seat.attach(drawing)
    answer({ ...alone, wish: taking })
    answer(reading)
    await tick()
    expect(said).toEqual(['beat 5', 'answer 5'])
    expect(state()).toMatchObject({ mine: false, lostTo: 'Nora', giving: false })
    expect(page.followed).toEqual([null])
    seat.read()
    expect(state().lostTo).toBeNull()
  })

  it('does not give it up while the save fails: what is unsaved is put aside when the place is gone', async () => {
    const { seat, drawing, said, tick, answer, state, page } = house(alone)
    seat.attach(drawing)
    page.saves = false
    answer({ ...alone, wish: taking })
    await tick()
    expect(said).toEqual(['beat 5'])
    expect(state()).toMatchObject({ mine: true, giving: true })
    answer(reading, draft)
    await tick()
    expect(page.followed).toEqual([draft])
    expect(state()).toMatchObject({ mine: false, giving: false })
  })

  it('lost to somebody who is gone again, it draws on', async () => {
    const { seat, drawing, said, tick, answer, state, page } = house(alone)
    seat.attach(drawing)
    answer({ ...reading, editor: null }, draft)
    answer(alone)
    await tick()
    expect(said).toEqual(['beat 5', 'enter 5'])
    expect(page.followed).toEqual([draft])
    expect(state()).toMatchObject({ mine: true, lostTo: null })
  })

  it('whoever asked says so until it is answered, and hears that it was not given', async () => {
    const { seat, drawing, said, timers, tick, answer, state } = house(reading)
    seat.attach(drawing)
    answer({ ...reading, wish: { name: 'Me', you: true, mine: true, taking: false } })
    await seat.does({ do: 'ask' })
    expect(timers.map((it) => it.ms)).toEqual([EVERY.wants])
    answer(reading)
    await tick()
    expect(said).toEqual(['ask 5', 'beat 5'])
    expect(state().refused).toBe(true)
  })

  it('whoever takes their wish back was not refused', async () => {
    const { seat, drawing, answer, state } = house(reading)
    seat.attach(drawing)
    answer({ ...reading, wish: { name: 'Me', you: true, mine: true, taking: false } })
    await seat.does({ do: 'ask' })
    answer(reading)
    await seat.does({ do: 'leave' })
    expect(state().refused).toBe(false)
  })

  it('gets the place with the newest draft', async () => {
    const { seat, drawing, tick, answer, page, state } = house({ ...reading, wish: { name: 'Me', you: true, mine: true, taking: true } })
    seat.attach(drawing)
    answer(alone, draft)
    await tick()
    expect(state().mine).toBe(true)
    expect(page.followed).toEqual([draft])
  })

  it('who may only read never says more than that it looks', async () => {
    const { seat, drawing, said, tick, answer } = house({ ...reading, editor: null }, false)
    seat.attach(drawing)
    answer(reading)
    await tick()
    await tick()
    expect(said).toEqual(['look 5', 'look 5'])
  })

  it('stopped, it is silent', async () => {
    const { seat, drawing, said, tick } = house(alone)
    seat.attach(drawing)
    seat.stop()
    await tick()
    expect(said).toEqual([])
  })
})
