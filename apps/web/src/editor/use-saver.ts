import type { FlowGraph } from '@baton/engine'
import { useEffect, useMemo, useState } from 'react'
import { client } from '../shell/api.ts'
import { CallError } from '../shell/call.ts'
import { reportFailure } from '../shell/use-sign-out-watch.ts'
import { type Backup, keepBackup } from './backup.ts'
import { createSaver, type Saver, type SaveState } from './saver.ts'
import type { EditorStore } from './store.ts'
import type { Slot } from './together/storage.ts'
import { after } from './together/under-way.ts'

/** Writing a large flow into the browser's storage takes a moment: not at every key. */
const KEEP_DELAY = 400

/** Whether this browser's storage holds what is unsaved: it does, will in a moment, or has no room for it. */
export type Keeping = 'kept' | 'soon' | 'full'

/** Writes the last of several backups a little later, or at once when the page closes. `onKept` hears how it stands. */
function backupKeeper(slot: Slot, onKept: (kept: Keeping) => void) {
  let waiting: Backup | null | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const now = () => {
    clearTimeout(timer)
    timer = undefined
    if (waiting === undefined) return
    onKept(keepBackup(slot, waiting) ? 'kept' : 'full')
    waiting = undefined
  }
  const keep = (backup: Backup | null) => {
    waiting = backup
    if (backup === null) return now()
    onKept('soon')
    timer ??= setTimeout(now, KEEP_DELAY)
  }
  return { keep, now }
}

const codeOf = (error: unknown): unknown => (error instanceof CallError ? Reflect.get(Object(error.data), 'code') : undefined)

/** What a save is refused with when somebody else was there. */
const MEANWHILE: readonly unknown[] = ['CONFLICT', 'PRECONDITION_FAILED']

type Opened = { graph: FlowGraph; rev: number; savedAt: number | null }

/**
 * Keeps the open draft saved, and says how it stands with it. Asks before the page closes over what is not. `tab`: this page, as the one that
 * draws. `keeping`: how it stands with what is unsaved, in this browser's storage.
 */
export function useSaver(slot: Slot, store: EditorStore, start: Opened, { enabled, tab }: { enabled: boolean; tab: string }) {
  const { flowId } = slot
  const [state, setState] = useState<SaveState>({ kind: 'saved', at: start.savedAt })
  const [keeping, setKeeping] = useState<Keeping>('kept')
  // What was full stays so until something was kept.
  const told = (next: Keeping) => setKeeping((before) => (before === 'full' && next === 'soon' ? before : next))
  // biome-ignore lint/correctness/useExhaustiveDependencies: of one person and one flow
  const keeper = useMemo(() => backupKeeper(slot, told), [slot.userId, flowId])
  // biome-ignore lint/correctness/useExhaustiveDependencies: one saver per open flow; where it started from does not change
  const saver: Saver = useMemo(
    () =>
      createSaver(start, {
        async save(graph, rev) {
          try {
            return await client.flows.saveDraft.mutate({ id: flowId, rev, graph, tab })
          } catch (error) {
            keeper.now()
            reportFailure(error)
            throw error
          }
        },
        isConflict: (error) => MEANWHILE.includes(codeOf(error)),
        words: (error) => (error instanceof CallError && error.data ? error.message : 'The server did not answer.'),
        now: () => Date.now(),
        later: (call, ms) => {
          const timer = setTimeout(call, ms)
          return () => clearTimeout(timer)
        },
        onState: setState,
        keep: (unsaved) => keeper.keep(unsaved),
      }),
    [flowId, store],
  )
  useEffect(() => {
    if (!enabled) return
    const stop = store.subscribe((now, before) => {
      if (now.history.present !== before.history.present) saver.change(now.history.present)
    })
    const ask = (event: BeforeUnloadEvent) => {
      if (saver.clean()) return
      keeper.now()
      void saver.flush()
      event.preventDefault()
    }
    const again = () => void saver.flush()
    const now = () => keeper.now()
    window.addEventListener('beforeunload', ask)
    window.addEventListener('pagehide', now)
    window.addEventListener('online', again)
    return () => {
      stop()
      window.removeEventListener('beforeunload', ask)
      window.removeEventListener('pagehide', now)
      window.removeEventListener('online', again)
      keeper.now()
      void after(flowId, () => saver.flush())
      saver.stop()
    }
  }, [saver, store, enabled, flowId, keeper])
  return { saver, state, keeping }
}
