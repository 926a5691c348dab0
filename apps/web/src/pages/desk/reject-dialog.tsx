import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { Checkbox } from '../../ui/fields.tsx'
import type { DeedDialogProps } from './dialog-props.ts'
import { ReasonDialog } from './reason-dialog.tsx'

/** A lead that sales does not take; the reason may choose the way on. */
export function RejectDialog({ lead, onClose, onDone, onFailed }: DeedDialogProps) {
  const manager = useMay('admin', 'sales_manager')
  const [disqualify, setDisqualify] = useState(false)
  const reject = useMutation(
    api.desk.reject.mutationOptions({
      onSuccess: (_, { reason }) => {
        onClose()
        return onDone({ kind: 'reject', reason })
      },
      onError: async (error) => {
        if (await onFailed(error)) onClose()
      },
    }),
  )
  const nextOf = (reason: string) => {
    const way = lead.after?.ways.find((one) => one.reasons.includes(reason))
    return way ? way.next : (lead.after?.rejected ?? null)
  }
  const whose = `${lead.name} belongs to marketing again, with your reason and note${lead.flowName === null ? '' : `, in ${lead.flowName}`}.`
  return (
    <ReasonDialog
      title={`Reject ${lead.name}`}
      deed="Reject"
      reasons={lead.reasons}
      needsNote={lead.needsNote}
      busy={reject.isPending}
      error={reject.error}
      then={(reason) => {
        const next = nextOf(reason)
        return {
          title: next === null ? 'The flow has no way on for this' : `Then the flow goes on: ${next}`,
          more: manager ? whose : `${whose} You no longer see what they do.`,
        }
      }}
      onSubmit={(reason, note) => reject.mutate({ id: lead.id, rev: lead.rev, reason, note, disqualify })}
      onClose={onClose}
    >
      <Checkbox
        label="Will never be a customer"
        description="Disqualified: the person is a name again, and comes back only with new interest."
        checked={disqualify}
        onChange={(event) => setDisqualify(event.currentTarget.checked)}
      />
    </ReasonDialog>
  )
}
