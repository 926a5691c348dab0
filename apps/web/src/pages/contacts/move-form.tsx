import type { Catalog, FlowNode } from '@baton/engine'
import { type FormEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { StepPicker } from './step-picker.tsx'

type Props = {
  nodes: readonly Pick<FlowNode, 'id' | 'type' | 'data'>[]
  catalog: Catalog
  from: string
  /** "1 person", "18 people". */
  whom: string
  busy: boolean
  onMove: (node: string) => void
  onClose: () => void
}

/** Asks to which step somebody is put, and says what that means. */
export function MoveForm({ nodes, catalog, from, whom, busy, onMove, onClose }: Props) {
  const [node, setNode] = useState<string | null>(null)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (node !== null) onMove(node)
  }
  return (
    <form className="dialog-form" onSubmit={submit}>
      <StepPicker nodes={nodes} catalog={catalog} but={from} value={node} onChange={setNode} />
      <p className="dialog-text">
        {whom} will go on from that step at once. Steps passed before happen again: a mail may be sent again. What was done stays, and what
        waits to be sent is still sent.
      </p>
      <div className="dialog-foot">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" disabled={node === null} busy={busy}>
          Move
        </Button>
      </div>
    </form>
  )
}
