import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { DialogForm } from '../../shell/dialog-form.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/fields.tsx'
import { dealTold, readAmount } from './deal.ts'
import type { DeedDialogProps } from './dialog-props.ts'

/** Won: with the amount that it came to. */
export function WonDialog({ lead, onClose, onDone, onFailed }: DeedDialogProps) {
  const [amount, setAmount] = useState(lead.deal?.amount?.toLocaleString('en') ?? '')
  const win = useMutation(
    api.desk.won.mutationOptions({
      onSuccess: () => {
        onClose()
        return onDone({ kind: 'won' })
      },
      onError: async (error) => {
        if (await onFailed(error)) onClose()
      },
    }),
  )
  const value = readAmount(amount)
  const deal = lead.deal && value !== undefined ? { ...dealTold(lead.deal), stage: 'Won', amount: value } : null
  const next = lead.after?.won ?? null
  return (
    <Dialog title={`Won: ${lead.deal?.name ?? lead.name}`} open onClose={onClose}>
      <DialogForm
        error={win.error}
        deed="Won"
        busy={win.isPending}
        disabled={value === undefined}
        onSubmit={() => win.mutate({ id: lead.id, rev: lead.rev, deal })}
        onClose={onClose}
      >
        {lead.deal && (
          <TextInput
            label={`Amount${lead.deal.currency === null ? '' : `, ${lead.deal.currency}`}`}
            value={amount}
            inputMode="decimal"
            data-autofocus
            error={value === undefined ? 'Write the amount as a number.' : undefined}
            onChange={(event) => setAmount(event.currentTarget.value)}
          />
        )}
        <Callout title={next === null ? `${lead.name} becomes a customer` : `Then the flow goes on: ${next}`}>
          The lead is over with this. {lead.name} stays a customer of yours.
        </Callout>
      </DialogForm>
    </Dialog>
  )
}
