import { type Catalog, containedIn, type FlowGraph } from '@baton/engine'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { api } from '../shell/api.ts'
import type { Finding, Question } from './check.ts'
import { useEditor, useEditorStore } from './store.ts'

/** From the last change until the checks run: they look at the whole flow. */
const DELAY = 150

/** Checks drafts beside the page, one after the other; of those that wait only the last counts. */
function createChecker(onFinding: (finding: Finding, of: FlowGraph | null) => void) {
  const worker = new Worker(new URL('./check.worker.ts', import.meta.url), { type: 'module' })
  let told: Catalog | null = null
  let asked: FlowGraph | null = null
  let busy = false
  let next: (Omit<Question, 'catalog'> & { catalog: Catalog }) | null = null
  const go = () => {
    if (busy || !next) return
    const question = next
    next = null
    busy = true
    worker.postMessage({ ...question, catalog: question.catalog === told ? null : question.catalog } satisfies Question)
    told = question.catalog
    // Without what its tests are gone through in, not all of it is checked.
    asked = question.around || !question.graph.tests?.length ? question.graph : null
  }
  worker.onmessage = (event: MessageEvent<Finding>) => {
    busy = false
    if (!next) onFinding(event.data, asked)
    go()
  }
  return {
    ask(question: Omit<Question, 'catalog'> & { catalog: Catalog }) {
      next = question
      go()
    },
    close: () => worker.terminate(),
  }
}

const hasAll = (inner: readonly { flowId: string; version: number }[], wanted: readonly string[]) => {
  const known = new Set(inner.map((it) => `${it.flowId} ${it.version}`))
  return wanted.every((it) => known.has(it))
}

/** Keeps the problems of the open draft up to date, and tells what the draft does as one number. Draws nothing. */
export default function Checker({ flowId, onHash }: { flowId: string; onHash: (hash: string) => void }) {
  const store = useEditorStore()
  const graph = useEditor((state) => state.history.present)
  const catalog = useEditor((state) => state.catalog)
  const tested = (graph.tests?.length ?? 0) > 0
  // The server tells of flows inside the saved draft: one that was put in just now is asked for until it is saved.
  const inside = useMemo(() => {
    const all = graph.nodes.map((it) => containedIn(it))
    return all.flatMap((it) => (it?.flowId && it.version !== null ? [`${it.flowId} ${it.version}`] : []))
  }, [graph])
  const found = useQuery(
    api.walk.around.queryOptions(
      { flowId },
      {
        enabled: tested,
        staleTime: 30_000,
        refetchInterval: ({ state }) => (state.data && !hasAll(state.data.inner, inside) ? 1000 : false),
      },
    ),
  ).data
  const around = useMemo(() => {
    if (!tested || !found || !hasAll(found.inner, inside)) return null
    return { inner: found.inner, model: found.model }
  }, [tested, inside, found])
  const checker = useRef<ReturnType<typeof createChecker> | null>(null)
  useEffect(() => {
    checker.current = createChecker(({ issues, hash }, of) => {
      store.getState().setIssues(issues, of)
      onHash(hash)
    })
    return () => checker.current?.close()
  }, [store, onHash])
  useEffect(() => {
    const timer = setTimeout(() => checker.current?.ask({ flowId, graph, catalog, now: Date.now(), around }), DELAY)
    return () => clearTimeout(timer)
  }, [flowId, graph, catalog, around])
  return null
}
