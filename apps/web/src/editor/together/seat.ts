import { createStore, type StoreApi } from 'zustand/vanilla'

/** Who draws the flow, as the server answers one page. */
export interface Editing {
  mine: boolean
  editor: { name: string; you: boolean; since: number; activeAt: number } | null
  wish: { name: string; you: boolean; mine: boolean; taking: boolean } | null
  /** By the server's clock. */
  now: number
}

/** A draft that somebody else saved, as it came: not read yet. */
export interface Theirs {
  graph: unknown
  rev: number
  at: number
  by: string | null
}

export type SeatDeed =
  | { do: 'look' | 'enter' | 'beat' | 'ask' | 'take' | 'leave' }
  /** Whether the place is given away. */
  | { do: 'answer'; yes: boolean }

/** What a page knows of its place. */
export interface SeatState extends Editing {
  /** The last draft that came from somebody else. */
  theirs: Omit<Theirs, 'graph'> | null
  /** Somebody takes the place: nothing is changed any more, what is unsaved is being saved. */
  giving: boolean
  /** How the last place ended: who has it since; null once it was read, or there was none. */
  lostTo: string | null
  /** Asked for the place, and whoever draws goes on. */
  refused: boolean
}

export interface SeatPorts {
  /** Tells the server; `rev` is what the page shows. */
  call(deed: SeatDeed, rev: number): Promise<Editing & { draft: Theirs | null }>
  /** Calls back after some time. @returns how to forget it */
  later(call: () => void, ms: number): () => void
  /** The page is in view. */
  seen(): boolean
  onError(error: unknown): void
}

/** What the open editor does for its place. */
export interface Drawing {
  rev(): number
  /** Saves what is unsaved. @returns whether everything is */
  flush(): Promise<boolean>
  /** A save was refused: the server has something else. */
  stuck(): boolean
  /** Goes on from what the server has (null: from what was saved last), putting aside what is unsaved. */
  follow(theirs: Theirs | null): void
}

export interface Seat {
  store: StoreApi<SeatState>
  /** The editor is there. @returns how to take it away */
  attach(drawing: Drawing): () => void
  does(deed: SeatDeed): Promise<void>
  /** Asks at once how things stand. */
  poke(): void
  /** What was said about the last place was read. */
  read(): void
  stop(): void
}

/** Between two signs of life, and between two looks of those who read along. */
export const EVERY = { draws: 3_000, reads: 2_000, wants: 1_000, hidden: 20_000 }

/** Keeps a page's place at a flow: says that it is there, hears who else wants it, follows what others save. */
export function createSeat(first: Editing, { mayDraw, rev }: { mayDraw: boolean; rev: number }, ports: SeatPorts): Seat {
  const store = createStore<SeatState>()(() => ({ ...first, theirs: null, giving: false, lostTo: null, refused: false }))
  const now = store.getState
  const set = store.setState
  let drawing: Drawing | null = null
  let forget = () => {}
  let stopped = false
  /** One call after the other, so that answers are taken in the order of what they answer. */
  let queue: Promise<unknown> = Promise.resolve()

  const pause = () => {
    const { mine, wish } = now()
    return !ports.seen() ? EVERY.hidden : mine ? EVERY.draws : wish?.mine ? EVERY.wants : EVERY.reads
  }
  const wait = () => {
    forget()
    if (!stopped) forget = ports.later(() => void beat(), pause())
  }

  function take({ draft, ...next }: Editing & { draft: Theirs | null }, deed: SeatDeed) {
    const before = now()
    const lost = before.mine && !next.mine
    const wishGone = before.wish?.mine === true && !next.wish?.mine && !next.mine && deed.do !== 'leave'
    set({
      ...next,
      giving: next.mine && next.wish?.taking === true,
      lostTo: lost ? (next.editor?.name ?? '') : next.mine ? null : before.lostTo,
      refused: wishGone ? next.editor !== null : before.refused && !next.mine && !next.wish?.mine,
    })
    if (!drawing) return
    if (draft && (!next.mine || !before.mine || drawing.stuck())) {
      set({ theirs: { rev: draft.rev, at: draft.at, by: draft.by } })
      drawing.follow(draft)
    } else if (lost) drawing.follow(null)
    // Whoever took it is gone again: there is no reason not to go on.
    if (lost && !next.editor && mayDraw) void does({ do: 'enter' }).catch(ports.onError)
  }

  async function send(deed: SeatDeed) {
    const answer = await ports.call(deed, drawing?.rev() ?? rev)
    if (!stopped) take(answer, deed)
  }

  /** Saves, then gives the place up: whoever takes it waits a moment for this. */
  async function giveUp() {
    if (!now().giving || !drawing || !(await drawing.flush())) return
    if (now().giving) await send({ do: 'answer', yes: true })
  }

  function does(deed: SeatDeed): Promise<void> {
    const done = queue.then(async () => {
      try {
        await send(deed)
        await giveUp()
      } finally {
        wait()
      }
    })
    queue = done.catch(() => {})
    return done
  }

  const beat = () => {
    const { mine, wish } = now()
    return does({ do: mayDraw && (mine || wish?.mine) ? 'beat' : 'look' }).catch(ports.onError)
  }

  return {
    store,
    attach(next) {
      drawing = next
      wait()
      return () => {
        if (drawing === next) drawing = null
      }
    },
    does,
    poke: () => {
      forget()
      void beat()
    },
    read: () => set({ lostTo: null, refused: false }),
    stop() {
      stopped = true
      forget()
    },
  }
}
