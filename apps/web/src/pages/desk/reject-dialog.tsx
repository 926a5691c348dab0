import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { DialogForm } from '../../shell/dialog-form.tsx'
import { useMay } from '../../shell/person.ts'
import { fieldProblems } from '../../shell/problem.ts'
import { Callout } from '../../ui/callout.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Checkbox, Radio, Textarea } from '../../ui/fields.tsx'
import type { DeedDialogProps } from './dialog-props.ts'

/** The reason first, then where that sends the lead, before it is confirmed. */
export function RejectDialog({ lead, onClose, onDone, onFailed }: DeedDialogProps) {
  const manager = useMay('admin', 'sales_manager')
  const [reason, setReason] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const [disqualify, setDisqualify] = useState(false)
  const reject = useMutation(
    api.desk.reject.mutationOptions({
      onSuccess: () => {
        onClose()
        return onDone({ kind: 'reject', reason: reason ?? '' })
      },
      onError: async (error) => {
        if (await onFailed(error)) onClose()
      },
    }),
  )
  const wrong = fieldProblems(reject.error)
  const submit = () => {
    if (reason !== null) reject.mutate({ id: lead.id, rev: lead.rev, reason, note, disqualify })
  }
  const way = lead.after?.ways.find((one) => reason !== null && one.reasons.includes(reason))
  const next = way ? way.next : (lead.after?.rejected ?? null)
  return (
    <Dialog title={`Reject ${lead.name}`} open onClose={onClose} width={480}>
      <DialogForm
        error={reject.error}
        deed="Reject"
        look="danger"
        disabled={reason === null}
        busy={reject.isPending}
        onSubmit={submit}
        onClose={onClose}
      >
        <Radio.Group label="Why" value={reason} onChange={setReason}>
          <div className="two-columns">
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
        <Checkbox
          label="Will never be a customer"
          description="Disqualified: the person is a name again, and comes back only with new interest."
          checked={disqualify}
          onChange={(event) => setDisqualify(event.currentTarget.checked)}
        />
        {reason !== null && (
          <Callout title={next === null ? 'The flow has no way on for this' : `Then the flow goes on: ${next}`}>
            {lead.name} belongs to marketing again, with your reason and note
            {lead.flowName === null ? '' : `, in ${lead.flowName}`}.{!manager && ' You no longer see what they do.'}
          </Callout>
        )}
      </DialogForm>
    </Dialog>
  )
}
