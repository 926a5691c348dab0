import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type Inputs } from '../../shell/api.ts'
import { DialogForm } from '../../shell/dialog-form.tsx'
import { useMay } from '../../shell/person.ts'
import { fieldProblems, problemWords, statusOf } from '../../shell/problem.ts'
import { Callout } from '../../ui/callout.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Radio, Textarea } from '../../ui/fields.tsx'
import { toast } from '../../ui/toast.ts'
import { type Lead, refreshDesk } from './queries.ts'

type Reason = Inputs['desk']['reject']['reason']
type Props = { lead: Lead; open: boolean; onClose: () => void; onDone: () => void }

/** The reason first, then where that sends the lead, before it is confirmed. */
export function RejectDialog({ lead, open, onClose, onDone }: Props) {
  return (
    <Dialog title={`Reject ${lead.name}`} open={open} onClose={onClose} width={480}>
      {open && <RejectForm lead={lead} onClose={onClose} onDone={onDone} />}
    </Dialog>
  )
}

function RejectForm({ lead, onClose, onDone }: Omit<Props, 'open'>) {
  const queries = useQueryClient()
  const manager = useMay('admin', 'sales_manager')
  const [reason, setReason] = useState<Reason | null>(null)
  const [note, setNote] = useState('')
  const reject = useMutation(
    api.desk.reject.mutationOptions({
      onSuccess: onDone,
      onError: async (error) => {
        // Somebody was faster, or the lead was moved: there is nothing to reject here any more.
        if (statusOf(error) !== 409 && statusOf(error) !== 404) return
        toast({ words: problemWords(error), bad: true })
        onClose()
        await refreshDesk(queries)
      },
    }),
  )
  const wrong = fieldProblems(reject.error)
  const submit = () => {
    if (reason !== null) reject.mutate({ id: lead.id, rev: lead.rev, reason, note })
  }
  return (
    <DialogForm
      error={reject.error}
      deed="Reject"
      look="danger"
      disabled={reason === null}
      busy={reject.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Radio.Group label="Why" value={reason} onChange={(value) => setReason(lead.reasons.find((one) => one === value) ?? null)}>
        <div className="reject-reasons">
          {lead.reasons.map((one, at) => (
            <Radio key={one} value={one} label={one} {...(at === 0 ? { 'data-autofocus': true } : {})} />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        label={reason === lead.needsNote ? 'In a sentence' : 'Note, if it helps'}
        autosize
        minRows={2}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={wrong.note}
        placeholder="What marketing should know"
      />
      {reason !== null && (
        <Callout
          title={lead.afterReject === null ? 'The flow has no way on for rejected leads' : `Then the flow goes on: ${lead.afterReject}`}
        >
          {lead.name} belongs to marketing again, with your reason and note
          {lead.flowName === null ? '' : `, in ${lead.flowName}`}.{!manager && ' You no longer see what they do.'}
        </Callout>
      )}
    </DialogForm>
  )
}
