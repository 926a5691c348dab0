import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type Inputs } from '../../shell/api.ts'
import { DialogForm } from '../../shell/dialog-form.tsx'
import { fieldProblems } from '../../shell/problem.ts'
import { Callout } from '../../ui/callout.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Radio, Textarea } from '../../ui/fields.tsx'
import { dealTold } from './deal.ts'
import type { DeedDialogProps } from './dialog-props.ts'

type Reason = Inputs['desk']['lost']['reason']

/** A deal that is lost, or a lead that was accepted in vain: the reason first, then where that sends the person. */
export function LostDialog({ lead, onClose, onDone, onFailed }: DeedDialogProps) {
  const [reason, setReason] = useState<Reason | null>(null)
  const [note, setNote] = useState('')
  const lose = useMutation(
    api.desk.lost.mutationOptions({
      onSuccess: () => {
        onClose()
        return onDone({ kind: 'lost' })
      },
      onError: async (error) => {
        if (await onFailed(error)) onClose()
      },
    }),
  )
  const deal = lead.deal && { ...dealTold(lead.deal), stage: 'Lost' }
  const next = lead.after?.lost ?? null
  return (
    <Dialog title={`Lost: ${lead.deal?.name ?? lead.name}`} open onClose={onClose} width={480}>
      <DialogForm
        error={lose.error}
        deed="Lost"
        look="danger"
        disabled={reason === null}
        busy={lose.isPending}
        onSubmit={() => reason !== null && lose.mutate({ id: lead.id, rev: lead.rev, reason, note, deal })}
        onClose={onClose}
      >
        <Radio.Group label="Why" value={reason} onChange={(value) => setReason(lead.lossReasons.find((one) => one === value) ?? null)}>
          <div className="two-columns">
            {lead.lossReasons.map((one, at) => (
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
          error={fieldProblems(lose.error).note}
          placeholder="What marketing should know"
        />
        {reason !== null && (
          <Callout title={next === null ? `${lead.name} belongs to marketing again` : `Then the flow goes on: ${next}`}>
            The history stays. If they are handed over again, all of it is here.
          </Callout>
        )}
      </DialogForm>
    </Dialog>
  )
}
