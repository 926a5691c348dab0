import type { FlowGraph } from '@baton/engine'
import { TRPCClientError } from '@trpc/client'
import { useEffect, useMemo, useState } from 'react'
import { client } from '../shell/api.ts'
import { keepBackup } from './backup.ts'
import { createSaver, type Saver, type SaveState } from './saver.ts'
import type { EditorStore } from './store.ts'

/** Writing a large flow into the browser's storage takes a moment: not at every key. */
const KEEP_DELAY = 400

/** Writes the last of several backups a little later, or at once when the page closes. */
function backupKeeper(flowId: string) {
  let waiting: Parameters<typeof keepBackup>[1] | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const now = () => {
    clearTimeout(timer)
    timer = undefined
    if (waiting === undefined) return
    keepBackup(flowId, waiting)
    waiting = undefined
  }
  const keep = (backup: Parameters<typeof keepBackup>[1]) => {
    waiting = backup
    if (backup === null) now()
    else timer ??= setTimeout(now, KEEP_DELAY)
  }
  return { keep, now }
}

/** Saves that were still under way when their editor was left: whoever opens the flow again waits for them. */
const underWay = new Map<string, Promise<unknown>>()

/** Resolves when nothing of a flow is on its way to the server any more. */
export const settled = async (flowId: string): Promise<void> => {
  await underWay.get(flowId)
}

const codeOf = (error: unknown): unknown => (error instanceof TRPCClientError ? Reflect.get(Object(error.data), 'code') : undefined)

/** Keeps the open draft saved, and says how it stands with it. Asks before the page closes over what is not. */
export function useSaver(
  flowId: string,
  store: EditorStore,
  start: { graph: FlowGraph; rev: number; savedAt: number | null },
  enabled: boolean,
): { saver: Saver; state: SaveState } {
  const [state, setState] = useState<SaveState>({ kind: 'saved', at: start.savedAt })
  const keeper = useMemo(() => backupKeeper(flowId), [flowId])
  // biome-ignore lint/correctness/useExhaustiveDependencies: one saver per open flow; where it started from does not change
  const saver = useMemo(
    () =>
      createSaver(start, {
        save: (graph, rev) => client.flows.saveDraft.mutate({ id: flowId, rev, graph }),
        isConflict: (error) => codeOf(error) === 'CONFLICT',
        words: (error) => (error instanceof TRPCClientError && error.data ? error.message : 'The server did not answer.'),
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
    window.addEventListener('beforeunload', ask)
    window.addEventListener('online', again)
    return () => {
      stop()
      window.removeEventListener('beforeunload', ask)
      window.removeEventListener('online', again)
      const last = saver.flush().finally(() => underWay.get(flowId) === last && underWay.delete(flowId))
      underWay.set(flowId, last)
      saver.stop()
    }
  }, [saver, store, enabled, flowId, keeper])
  return { saver, state }
}
