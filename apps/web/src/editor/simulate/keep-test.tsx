import { addTest, type Catalog, type FlowGraph, type KeptWalk, MAX_TESTS } from '@baton/engine'
import { IconTestPipe } from '@tabler/icons-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/fields.tsx'
import { toast } from '../../ui/toast.ts'
import { newId } from '../steps.ts'
import type { EditorStore } from '../store.ts'
import { nameOfPersona } from './personas.ts'
import type { Simulator } from './simulator.ts'
import { Difference } from './test-way.tsx'
import type { WalkStore } from './walk-store.ts'

type Props = {
  walk: WalkStore
  engine: Simulator
  /** The draft itself: the test is kept with it. */
  draft: EditorStore
  graph: FlowGraph
  catalog: Catalog
}

/** Keeps the walk as a test of the flow, gone by somebody made up. */
export function KeepTest({ walk, engine, draft, graph, catalog }: Props) {
  const { begin, decisions, busy, frames } = useStore(walk)
  const [made, setMade] = useState<KeptWalk | null>(null)
  const [name, setName] = useState('')
  const [making, setMaking] = useState(false)
  const writable = useStore(draft, (state) => !state.readOnly)
  const make = async () => {
    if (!begin) return
    setMaking(true)
    try {
      const kept = await engine.ask('keep', { begin, decisions, id: newId(), name: 'Test' })
      setName('')
      setMade(kept)
    } catch (error) {
      toast({ words: `No test could be made of this walk: ${error instanceof Error ? error.message : String(error)}`, bad: true })
    } finally {
      setMaking(false)
    }
  }
  const keep = (test: KeptWalk['test']) => {
    const before = draft.getState().history.present
    draft.getState().edit((now) => addTest(now, { ...test, name: name.trim() }))
    if (draft.getState().history.present === before)
      return toast({ words: `Not kept: this flow holds ${MAX_TESTS} tests. Remove one that is no longer needed first.`, bad: true })
    setMade(null)
    toast({ words: `“${name.trim()}” is kept with the draft. It runs at every change.` })
  }
  const steps = frames.filter((it) => it.step).length
  return (
    <div className="sim-foot">
      <Button
        icon={<IconTestPipe size={14} stroke={1.75} />}
        busy={making}
        disabled={busy || !begin || steps === 0 || !writable}
        onClick={() => void make()}
      >
        Keep as test…
      </Button>
      {!writable && <p className="small muted">Only who may change this flow keeps tests with it.</p>}
      <Dialog
        title="Keep this walk as a test"
        open={made !== null}
        onClose={() => setMade(null)}
        width={560}
        foot={
          <>
            <Button onClick={() => setMade(null)}>Cancel</Button>
            <Button look="primary" disabled={name.trim() === '' || !made} onClick={() => made && keep(made.test)}>
              {made?.outcome.ok === false ? 'Keep it failing' : 'Keep the test'}
            </Button>
          </>
        }
      >
        {made && (
          <div className="stack">
            <TextInput
              label="What it proves"
              placeholder="Clicks, and sales says no"
              maxLength={200}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              data-autofocus
            />
            <p className="dialog-text">
              {nameOfPersona(made.test.persona)}, who does not exist, goes this way instead of the contact: with what authors compare with,
              options and made-up values. {steps === 1 ? 'One step is' : `${steps} steps are`} expected, and how it ends.
            </p>
            {made.leftOut.length > 0 && (
              <p className="small muted">Left out, since nobody could be made up for it: {made.leftOut.join(', ')}.</p>
            )}
            {!made.outcome.ok && (
              <Callout tone="warn" title="Somebody made up goes another way.">
                Kept now, the test fails at once: the way hangs on something that a made-up person cannot have.
              </Callout>
            )}
            {!made.outcome.ok && <Difference outcome={made.outcome} graph={graph} catalog={catalog} />}
          </div>
        )}
      </Dialog>
    </div>
  )
}
