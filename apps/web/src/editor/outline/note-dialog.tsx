import { setNodeNote } from '@baton/engine'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Textarea } from '../../ui/fields.tsx'
import { useEditor, useEditorStore } from '../store.ts'

/** What the author wants to be known about a step; as it is typed, as one step of undo. */
export function NoteDialog({ node, onClose }: { node: string; onClose: () => void }) {
  const store = useEditorStore()
  const text = useEditor((state) => state.history.present.nodes.find((it) => it.id === node)?.note ?? '')
  return (
    <Dialog
      title="Note on this step"
      open
      onClose={onClose}
      foot={
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <Textarea
        aria-label="Note on this step"
        placeholder="Why it is so, for whoever reads this flow after you"
        autosize
        minRows={3}
        maxRows={8}
        maxLength={2000}
        data-autofocus
        value={text}
        onChange={(event) => {
          const next = event.currentTarget.value
          store.getState().edit((graph) => setNodeNote(graph, node, next), `note ${node}`)
        }}
      />
    </Dialog>
  )
}
