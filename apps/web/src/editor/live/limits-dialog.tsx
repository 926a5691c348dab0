import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { LimitFields, type Limits } from '../../pages/settings/sending/limit-fields.tsx'
import { api } from '../../shell/api.ts'
import { fieldProblems, problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
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
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ flowId, limits })
  }
  return (
    <Dialog title="What pauses this flow" open onClose={onClose} width={480}>
      <form className="dialog-form" onSubmit={submit} noValidate>
        <p className="dialog-text">Whatever passes its limit pauses the flow within two minutes. An empty field is no limit.</p>
        <Switch
          label="Limits of its own"
          description="Else those of the workspace, under Settings, Sending."
          checked={limits !== null}
          onChange={(event) => setLimits(event.currentTarget.checked ? house : null)}
        />
        <LimitFields limits={limits ?? house} wrong={wrong} path="limits." readOnly={limits === null} onChange={setLimits} />
        {save.error && Object.keys(wrong).length === 0 && <Callout tone="danger" title={problemWords(save.error)} />}
        <div className="dialog-foot">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
