import type { WalkChoice, WalkDecision, WalkEntrance } from '@baton/engine'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { type Frame, framesOf } from './frames.ts'
import type { Begin, SeenWalk } from './protocol.ts'
import type { Simulator } from './simulator.ts'

const DAY = 86_400_000

export interface WalkState {
  /** null: not begun. */
  begin: Begin | null
  decisions: readonly WalkDecision[]
  walk: SeenWalk | null
  choices: readonly WalkChoice[]
  /** Why nobody is let in: the starts as they are to this person now. */
  entrances: readonly WalkEntrance[]
  frames: readonly Frame[]
  /** The frame that is looked at. */
  cursor: number
  busy: boolean
  error: string | null
  playing: boolean

  start(begin: Begin, decisions?: readonly WalkDecision[]): Promise<void>
  /** To the next thing that happens; lets time pass where nothing more is known. */
  forward(): Promise<void>
  back(): void
  show(cursor: number): void
  /** Decides from the frame on that is looked at; what was decided later is dropped. */
  decide(decision: WalkDecision): Promise<void>
  draw(seed: string): Promise<void>
  /** Forgets what was decided after the frame that is looked at. */
  anew(): Promise<void>
  /** To an instant: back to what had happened by then, or on in time. */
  jump(at: number): Promise<void>
  days(count: number): Promise<void>
  play(on: boolean): void
  leave(): void
}

export type WalkStore = StoreApi<WalkState>

const nothing = {
  begin: null,
  decisions: [],
  walk: null,
  choices: [],
  entrances: [],
  frames: [],
  cursor: 0,
  busy: false,
  error: null,
  playing: false,
}

/** A walk as it is looked at. The engine plays it beside the page, always from its beginning: the same decisions are the same walk. */
export function createWalk(engine: Pick<Simulator, 'ask'>): WalkStore {
  return createStore<WalkState>()((set, get) => {
    let latest = 0

    /** Plays with these decisions and shows the first thing that they added. */
    async function play(begin: Begin, decisions: readonly WalkDecision[], cursor: (frames: readonly Frame[]) => number): Promise<void> {
      const turn = ++latest
      set({ busy: true, error: null })
      try {
        const { walk, choices, entrances } = await engine.ask('walk', { begin, decisions })
        if (turn !== latest) return
        const frames = framesOf(walk)
        set({
          begin,
          decisions,
          walk,
          choices,
          entrances,
          frames,
          cursor: Math.max(0, Math.min(cursor(frames), frames.length - 1)),
          busy: false,
        })
      } catch (error) {
        if (turn === latest) set({ busy: false, playing: false, error: error instanceof Error ? error.message : String(error) })
      }
    }
    /** What had been decided at the frame that is looked at; of a long time that was let pass, only as much as had passed. */
    const decided = (): readonly WalkDecision[] => {
      const { frames, cursor, decisions } = get()
      const moment = frames[cursor]?.moment
      if (!moment || cursor >= frames.length - 1) return decisions
      const before = decisions.slice(0, moment.decided)
      const last = before.at(-1)
      return last && last.do !== 'on' && last.at > moment.at ? [...before.slice(0, -1), { do: 'until', at: moment.at }] : before
    }
    const shownBefore = (count: number) => {
      const { frames } = get()
      return frames.filter((it) => it.moment.decided <= count).length
    }
    async function decide(decision: WalkDecision): Promise<void> {
      const { begin, busy } = get()
      if (!begin || busy) return
      const before = decided()
      const shown = shownBefore(before.length)
      await play(begin, [...before, decision], (frames) => (frames.length > shown ? shown : frames.length - 1))
    }

    return {
      ...nothing,
      start: (begin, decisions = []) => play(begin, decisions, () => 0),
      async forward() {
        const { frames, cursor, walk } = get()
        if (cursor < frames.length - 1) set({ cursor: cursor + 1 })
        else if (walk?.goesOn && walk.here.how !== 'over') await decide({ do: 'on' })
        else set({ playing: false })
      },
      back: () => set(({ cursor }) => ({ cursor: Math.max(0, cursor - 1), playing: false })),
      show: (cursor) => set({ cursor, playing: false }),
      decide,
      async draw(seed) {
        const { begin, busy } = get()
        if (!begin || busy) return
        await decide(await engine.ask('draw', { begin, decisions: decided(), seed }))
      },
      async anew() {
        const { begin, busy } = get()
        if (begin && !busy) await play(begin, decided(), (frames) => frames.length - 1)
      },
      async jump(at) {
        const { frames, walk } = get()
        if (!walk) return
        set({ playing: false })
        if (at > walk.now) {
          set({ cursor: frames.length - 1 })
          await decide({ do: 'until', at })
          set(({ frames: now }) => ({ cursor: Math.max(0, now.length - 1) }))
        } else
          set({
            cursor: Math.max(
              0,
              frames.findLastIndex((it) => it.at <= at),
            ),
          })
      },
      async days(count) {
        const { frames, cursor, walk } = get()
        const here = frames[cursor]
        if (!here || !walk) return
        const from = cursor === frames.length - 1 ? Math.max(walk.now, here.at) : here.at
        await get().jump(from + count * DAY)
      },
      play: (playing) => set({ playing }),
      leave() {
        latest++
        set(nothing)
      },
    }
  })
}
