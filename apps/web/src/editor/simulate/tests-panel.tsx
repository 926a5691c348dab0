import './tests.css'
import { type Catalog, type FlowGraph, type FlowTest, removeTests, type TestOutcome } from '@baton/engine'
import { IconCircleCheck, IconCircleX, IconPlayerPlay, IconTrash } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { Button, IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toast.ts'
import type { EditorStore } from '../store.ts'
import type { Simulator } from './simulator.ts'
import { Difference } from './test-way.tsx'

type Props = {
  engine: Simulator
  draft: EditorStore
  graph: FlowGraph
  catalog: Catalog
  onWalk: (test: FlowTest) => void
  toWalk: () => void
}

/** The tests of the draft, each with what comes of it now. */
export function TestsPanel({ engine, draft, graph, catalog, onWalk, toWalk }: Props) {
  const tests = useStore(draft, (state) => state.history.present.tests ?? none)
  const writable = useStore(draft, (state) => !state.readOnly)
  const { outcomes, error } = useOutcomes(engine, tests)
  const remove = (test: FlowTest) => {
    draft.getState().edit((now) => removeTests(now, [test.id]))
    toast({ words: `“${test.name}” was removed. Undo brings it back.` })
  }
  if (tests.length === 0) {
    return (
      <EmptyState title="No tests yet." actions={<Button onClick={toWalk}>Walk somebody</Button>}>
        Walk somebody through the flow and keep the walk as a test. It is gone again at every change, and you see at once what a change
        breaks.
      </EmptyState>
    )
  }
  if (error) return <FailedFrame what="What came of the tests" error={error} />
  if (!outcomes) return <SkeletonRows rows={tests.length} height={47} />
  const failed = outcomes.filter((it) => !it.ok).length
  return (
    <>
      <p className="tests-sum small" role="status">
        {failed === 0 ? (
          <span className="ok">All {tests.length === 1 ? 'is' : `${tests.length} are`} as expected.</span>
        ) : (
          <span className="danger">
            {failed} of {tests.length} {failed === 1 ? 'goes' : 'go'} another way than expected.
          </span>
        )}
      </p>
      <ul className="tests" aria-label="Tests">
        {tests.map((test) => {
          const outcome = outcomes.find((it) => it.id === test.id)
          return (
            <li key={test.id}>
              <div className="test-head">
                {outcome?.ok ? (
                  <IconCircleCheck size={16} stroke={1.75} className="ok" aria-label="As expected" />
                ) : (
                  <IconCircleX size={16} stroke={1.75} className="danger" aria-label="Fails" />
                )}
                <b className="grow">{test.name}</b>
                <IconButton
                  size="small"
                  label={`Walk “${test.name}”`}
                  icon={<IconPlayerPlay size={14} stroke={1.75} />}
                  onClick={() => onWalk(test)}
                />
                {writable && (
                  <IconButton
                    size="small"
                    label={`Remove “${test.name}”`}
                    icon={<IconTrash size={14} stroke={1.75} />}
                    onClick={() => remove(test)}
                  />
                )}
              </div>
              {outcome && !outcome.ok && <Difference outcome={outcome} graph={graph} catalog={catalog} />}
            </li>
          )
        })}
      </ul>
    </>
  )
}

const none: readonly FlowTest[] = []

/** What comes of tests; null while they run. */
function useOutcomes(engine: Simulator, tests: readonly FlowTest[]) {
  const [outcomes, setOutcomes] = useState<readonly TestOutcome[] | null>(null)
  const [error, setError] = useState<Error | null>(null)
  useEffect(() => {
    let gone = false
    setError(null)
    engine
      .ask('tests', { tests })
      .then((told) => !gone && setOutcomes(told))
      .catch((failed: unknown) => !gone && setError(failed instanceof Error ? failed : new Error(String(failed))))
    return () => {
      gone = true
    }
  }, [engine, tests])
  return { outcomes, error }
}
