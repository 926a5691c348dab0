import { canonicalJson, type FlowGraph } from '@baton/engine'

/** How it stands with saving. */
export type SaveState =
  | { kind: 'saved'; at: number | null }
  /** Changed since; the next try is on its way. */
  | { kind: 'waiting' }
  | { kind: 'saving' }
  /** Did not get through. It is tried again; `since`: of the first failure. */
  | { kind: 'failed'; since: number; why: string }
  /** Somebody else saved, or draws now: nothing more is sent until it is settled. */
  | { kind: 'conflict'; why: string }

export interface SaverPorts {
  /** Stores the graph on top of `rev`. */
  save(graph: FlowGraph, rev: number): Promise<{ rev: number; savedAt: number }>
  /** Whether an error means that somebody else saved meanwhile, or draws now. */
  isConflict(error: unknown): boolean
  words(error: unknown): string
  now(): number
  /** Calls back after some time. @returns how to forget it */
  later(call: () => void, ms: number): () => void
  onState(state: SaveState): void
  /** Keeps what is not saved yet, for after a crash of the browser, with what it was made on; null: there is nothing. */
  keep(unsaved: { graph: FlowGraph; rev: number; at: number; base: FlowGraph } | null): void
}

export interface Saver {
  /** The graph has changed. */
  change(graph: FlowGraph): void
  /** Saves now what is not saved. @returns whether everything is */
  flush(): Promise<boolean>
  /** Goes on from what the server has now; what was not saved is the caller's to keep. */
  settle(rev: number, graph: FlowGraph): void
  /**
   * What the server has now, after a save was refused: goes on from it where it is one of this page's own, saved although no answer came.
   * @returns whether it was
   */
  arrived(rev: number, graph: FlowGraph): boolean
  rev(): number
  /** What the server has, as far as is known here. */
  saved(): FlowGraph
  /** Everything is on the server. */
  clean(): boolean
  /** A save was refused, since somebody else was there: it waits to be settled. */
  stuck(): boolean
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
  /** Counts how often it was settled: the answer of a save from before is of no account then. */
  let age = 0
  /** Sent on top of `rev` without an answer: any of them may be what the server has. */
  let unanswered: FlowGraph[] = []

  const wait = (ms: number) => {
    forget()
    forget = ports.later(() => void send(), ms)
  }

  async function attempt(): Promise<boolean> {
    const graph = present
    const asOf = age
    ports.onState({ kind: 'saving' })
    try {
      const done = await ports.save(graph, rev)
      if (asOf !== age) return false
      rev = done.rev
      saved = graph
      unanswered = []
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
      if (asOf !== age) return false
      if (ports.isConflict(error)) {
        conflict = true
        ports.onState({ kind: 'conflict', why: ports.words(error) })
        return false
      }
      if (!unanswered.includes(graph)) unanswered.push(graph)
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
        ports.keep({ graph, rev, at: ports.now(), base: saved })
        return
      }
      if (present === saved && !running) {
        forget()
        ports.keep(null)
        ports.onState({ kind: 'saved', at: ports.now() })
        return
      }
      ports.keep({ graph, rev, at: ports.now(), base: saved })
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
    settle(next, graph) {
      forget()
      age += 1
      rev = next
      conflict = false
      tries = 0
      failedSince = null
      saved = graph
      unanswered = []
      present = graph
      ports.keep(null)
      ports.onState({ kind: 'saved', at: null })
    },
    arrived(next, graph) {
      const found = next === rev + 1 && !running ? canonicalJson(graph) : null
      const own = unanswered.find((it) => canonicalJson(it) === found)
      if (!own) return false
      rev = next
      saved = own
      unanswered = []
      conflict = false
      tries = 0
      failedSince = null
      if (present === saved) {
        ports.keep(null)
        ports.onState({ kind: 'saved', at: null })
      } else {
        ports.keep({ graph: present, rev, at: ports.now(), base: saved })
        ports.onState({ kind: 'waiting' })
        wait(0)
      }
      return true
    },
    rev: () => rev,
    saved: () => saved,
    clean: () => present === saved && !running,
    stuck: () => conflict,
    stop() {
      forget()
      forget = () => {}
    },
  }
}
