import { useMutation } from '@tanstack/react-query'
import { api } from '../../shell/api.ts'
import { dealTold } from './deal.ts'
import type { DeedDialogProps } from './dialog-props.ts'
import { ReasonDialog } from './reason-dialog.tsx'

/** A deal that is lost, or a lead that was accepted in vain. */
export function LostDialog({ lead, onClose, onDone, onFailed }: DeedDialogProps) {
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
    <ReasonDialog
      title={`Lost: ${lead.deal?.name ?? lead.name}`}
      deed="Lost"
      reasons={lead.lossReasons}
      needsNote={lead.needsNote}
      busy={lose.isPending}
      error={lose.error}
      then={() => ({
        title: next === null ? `${lead.name} belongs to marketing again` : `Then the flow goes on: ${next}`,
        more: 'The history stays. If they are handed over again, all of it is here.',
      })}
      onSubmit={(reason, note) => lose.mutate({ id: lead.id, rev: lead.rev, reason, note, deal })}
      onClose={onClose}
    />
  )
}
