import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../shell/api.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Radio } from '../ui/fields.tsx'
import { toast } from '../ui/toast.ts'

const choices = [
  {
    value: 'freeze',
    label: 'Their time stands still',
    description: 'Waits for a time and in days end later by the pause. Dates and times of day stay as they are.',
  },
  {
    value: 'hold',
    label: 'Their time goes on',
    description: 'Whoever is due meanwhile goes on at once when the flow does.',
  },
  {
    value: 'drop',
    label: 'Whoever is due meanwhile leaves',
    description: 'For what would come too late: they leave the flow when it goes on. Who comes in meanwhile is not late and goes on.',
  },
] as const

/** Asks at a pause what becomes of those who wait. */
export default function PauseDialog({ flowId, name, onClose }: { flowId: string; name: string; onClose: () => void }) {
  const queries = useQueryClient()
  const [choice, setChoice] = useState<(typeof choices)[number]['value']>('freeze')
  const pause = useMutation(
    api.flows.pause.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.flows.pathKey() })
        await queries.invalidateQueries({ queryKey: api.live.pathKey() })
        onClose()
        toast({ words: `${name} is paused. Nobody takes a step, no mail goes out.` })
      },
    }),
  )
  return (
    <Dialog
      title={`Pause ${name}?`}
      open
      onClose={onClose}
      width={480}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" data-autofocus busy={pause.isPending} onClick={() => pause.mutate({ id: flowId, choice })}>
            Pause
          </Button>
        </>
      }
    >
      <p>
        Nobody takes a step and no mail goes out. What comes in is kept, and handled in order when the flow goes on. Leads stay with sales.
      </p>
      <Radio.Group
        className="publish-who"
        label="Those who wait meanwhile"
        value={choice}
        onChange={(value) => setChoice(choices.find((it) => it.value === value)?.value ?? 'freeze')}
      >
        {choices.map((it) => (
          <Radio key={it.value} value={it.value} label={it.label} description={it.description} />
        ))}
      </Radio.Group>
      {pause.error && (
        <p className="small danger" role="alert">
          {pause.error.message}
        </p>
      )}
    </Dialog>
  )
}
