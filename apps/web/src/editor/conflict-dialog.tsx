import type { FlowGraph } from '@baton/engine'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, client } from '../shell/api.ts'
import { Button } from '../ui/button.tsx'
import { DateText } from '../ui/date-text.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { keepBackup } from './backup.ts'
import type { Saver } from './saver.ts'
import { type EditorStore, useEditor } from './store.ts'

type Props = { flowId: string; name: string; saver: Saver; store: EditorStore; onTheirs: (graph: FlowGraph) => void; onLater: () => void }

/** Somebody else saved this flow: both versions are there, and a person decides. */
export default function ConflictDialog({ flowId, name, saver, store, onTheirs, onLater }: Props) {
  const theirs = useQuery(api.flows.get.queryOptions({ id: flowId }, { staleTime: 0, gcTime: 0 }))
  const mine = useEditor((state) => state.history.present)
  const navigate = useNavigate()
  const [wrong, setWrong] = useState<string>()
  const flow = theirs.data
  const copy = async () => {
    try {
      const { id } = await client.flows.create.mutate({ name: `${name.slice(0, 100)} (my changes)`, graph: mine })
      if (flow) saver.settle(flow.draftRev, flow.draft, false)
      keepBackup(flowId, null)
      await navigate({ to: '/flows/$flowId', params: { flowId: id } })
    } catch (error) {
      setWrong(error instanceof Error ? error.message : 'The copy was not made. Try again.')
    }
  }
  return (
    <Dialog
      title={`${flow?.updatedBy ?? 'Somebody'} changed this flow, too`}
      open
      onClose={onLater}
      width={520}
      foot={
        <>
          <Button onClick={() => void copy()}>Keep mine as a new flow</Button>
          <Button
            disabled={!flow}
            onClick={() => {
              if (!flow) return
              saver.settle(flow.draftRev, flow.draft, false)
              onTheirs(flow.draft)
            }}
          >
            Take theirs
          </Button>
          <Button
            look="primary"
            disabled={!flow}
            onClick={() => {
              if (!flow) return
              saver.settle(flow.draftRev, flow.draft, true)
              // Theirs stays one undo away.
              store.setState(({ history }) => ({ history: { ...history, past: [...history.past, flow.draft] } }))
            }}
          >
            Keep mine
          </Button>
        </>
      }
    >
      <p className="dialog-text">
        {flow ? (
          <>
            Theirs was saved <DateText at={flow.updatedAt} style="full" /> and has {flow.draft.nodes.length} steps; yours has{' '}
            {mine.nodes.length}. Nothing is lost: keep yours (theirs is one undo away), take theirs, or keep yours as a flow of its own.
          </>
        ) : (
          'Your changes are kept here.'
        )}
      </p>
      {wrong !== undefined && (
        <p className="small danger" role="alert">
          {wrong}
        </p>
      )}
    </Dialog>
  )
}
