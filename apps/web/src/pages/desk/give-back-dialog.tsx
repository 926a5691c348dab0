import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { DialogForm } from '../../shell/dialog-form.tsx'
import { fieldProblems } from '../../shell/problem.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Textarea } from '../../ui/fields.tsx'
import type { DeedDialogProps } from './dialog-props.ts'

/** Back to the team, not to marketing: the next rep gets it. */
export function GiveBackDialog({ lead, onClose, onDone, onFailed }: DeedDialogProps) {
  const [note, setNote] = useState('')
  const give = useMutation(
    api.desk.giveBack.mutationOptions({
      onSuccess: () => {
        onClose()
        return onDone({ kind: 'give-back' })
      },
      onError: async (error) => {
        if (await onFailed(error)) onClose()
      },
    }),
  )
  return (
    <Dialog title={`Give ${lead.name} back to the team`} open onClose={onClose}>
      <DialogForm
        error={give.error}
        deed="Give back"
        busy={give.isPending}
        onSubmit={() => give.mutate({ id: lead.id, rev: lead.rev, note })}
        onClose={onClose}
      >
        <p className="muted">
          {lead.teamName ?? 'The team'} gives it to the next rep who has not had it. Where there is none, it goes back to marketing. To send
          it to marketing now, reject it.
        </p>
        <Textarea
          label="Note for the next rep, if it helps"
          autosize
          minRows={2}
          value={note}
          data-autofocus
          error={fieldProblems(give.error).note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </DialogForm>
    </Dialog>
  )
}
