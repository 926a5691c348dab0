import type { FlowGraph } from '@baton/engine'

/** How it stands with saving. */
export type SaveState =
  | { kind: 'saved'; at: number | null }
  /** Changed since; the next try is on its way. */
  | { kind: 'waiting' }
  | { kind: 'saving' }
  /** Did not get through. It is tried again; `since`: of the first failure. */
  | { kind: 'failed'; since: number; why: string }
  /** Somebody else saved: nothing more is sent until a person decides. */
  | { kind: 'conflict'; why: string }

export interface SaverPorts {
  /** Stores the graph on top of `rev`. */
  save(graph: FlowGraph, rev: number): Promise<{ rev: number; savedAt: number }>
  /** Whether an error means that somebody else saved meanwhile. */
  isConflict(error: unknown): boolean
  words(error: unknown): string
  now(): number
  /** Calls back after some time. @returns how to forget it */
  later(call: () => void, ms: number): () => void
  onState(state: SaveState): void
  /** Keeps what is not saved yet, for after a crash of the browser; null: there is nothing. */
  keep(unsaved: { graph: FlowGraph; rev: number; at: number } | null): void
}

export interface Saver {
  /** The graph has changed. */
  change(graph: FlowGraph): void
  /** Saves now what is not saved. @returns whether everything is */
  flush(): Promise<boolean>
  /** Goes on after a conflict: on top of what the server has now. */
  settle(rev: number, graph: FlowGraph, keepMine: boolean): void
  rev(): number
  /** Everything is on the server. */
  clean(): boolean
  stop(): void
}

/** From the last change until it is sent. */
export const DELAY = 800
/** From a failure until the next try: longer each time, at most this. */
export const LONGEST = 30_000

/** Saves drafts one after the other, each on top of the revision before. Never overwrites what it has not seen. */
export function createSaver(start: { graph: FlowGraph; rev: number; savedAt: number | null }, ports: SaverPorts): Saver {
  let rev = start.rev
  let saved = start.graph
  let present = start.graph
  let running: Promise<boolean> | null = null
  let forget = () => {}
  let tries = 0
  let failedSince: number | null = null
  let conflict = false

  const wait = (ms: number) => {
    forget()
    forget = ports.later(() => void send(), ms)
  }

  async function attempt(): Promise<boolean> {
    const graph = present
    ports.onState({ kind: 'saving' })
    try {
      const done = await ports.save(graph, rev)
      rev = done.rev
      saved = graph
      tries = 0
      failedSince = null
      if (present === saved) {
        ports.keep(null)
        ports.onState({ kind: 'saved', at: done.savedAt })
        return true
      }
      ports.onState({ kind: 'waiting' })
      wait(0)
      return false
    } catch (error) {
      if (ports.isConflict(error)) {
        conflict = true
        ports.onState({ kind: 'conflict', why: ports.words(error) })
        return false
      }
      tries += 1
      failedSince ??= ports.now()
      ports.onState({ kind: 'failed', since: failedSince, why: ports.words(error) })
      wait(Math.min(LONGEST, DELAY * 2 ** tries))
      return false
    }
  }

  async function send(): Promise<boolean> {
    forget()
    if (running) return running
    if (conflict || present === saved) return !conflict
    running = attempt().finally(() => {
      running = null
    })
    return running
  }

  return {
    change(graph) {
      if (graph === present) return
      present = graph
      if (conflict) {
        ports.keep({ graph, rev, at: ports.now() })
        return
      }
      if (present === saved && !running) {
        forget()
        ports.keep(null)
        ports.onState({ kind: 'saved', at: ports.now() })
        return
      }
      ports.keep({ graph, rev, at: ports.now() })
      if (failedSince === null) ports.onState({ kind: 'waiting' })
      wait(DELAY)
    },
    async flush() {
      for (let round = 0; round < 3 && (running || present !== saved); round++) {
        if (running) await running
        if (!(await send()) && conflict) return false
      }
      return present === saved && !conflict
    },
    settle(next, graph, keepMine) {
      rev = next
      conflict = false
      saved = graph
      if (keepMine) {
        if (present === saved) return
        void send()
        return
      }
      present = graph
      ports.keep(null)
      ports.onState({ kind: 'saved', at: null })
    },
    rev: () => rev,
    clean: () => present === saved && !running,
    stop() {
      forget()
      forget = () => {}
    },
  }
}
