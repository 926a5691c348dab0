import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { LimitFields, type Limits } from '../../pages/settings/sending/limit-fields.tsx'
import { api } from '../../shell/api.ts'
import { DialogForm } from '../../shell/dialog-form.tsx'
import { fieldProblems } from '../../shell/problem.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Switch } from '../../ui/fields.tsx'
import { toast } from '../../ui/toast.ts'

type Props = { flowId: string; own: Limits | null; house: Limits; onClose: () => void }

/** The limits that pause a flow by itself: the workspace's, or its own. */
export default function LimitsDialog({ flowId, own, house, onClose }: Props) {
  const queries = useQueryClient()
  const [limits, setLimits] = useState(own)
  const save = useMutation(
    api.sending.setLimits.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(api.sending.flow.queryFilter({ flowId }))
        onClose()
        toast({ words: 'Saved.' })
      },
    }),
  )
  const wrong = fieldProblems(save.error)
  const submit = () => save.mutate({ flowId, limits })
  return (
    <Dialog title="What pauses this flow" open onClose={onClose} width={480}>
      <DialogForm error={save.error} deed="Save" busy={save.isPending} onSubmit={submit} onClose={onClose}>
        <p className="dialog-text">Whatever passes its limit pauses the flow within two minutes. An empty field is no limit.</p>
        <Switch
          label="Limits of its own"
          description="Else those of the workspace, under Settings, Sending."
          checked={limits !== null}
          onChange={(event) => setLimits(event.currentTarget.checked ? house : null)}
        />
        <LimitFields limits={limits ?? house} wrong={wrong} path="limits." readOnly={limits === null} onChange={setLimits} />
      </DialogForm>
    </Dialog>
  )
}
