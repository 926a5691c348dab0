import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../shell/api.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Radio } from '../ui/fields.tsx'
import { fullNumber } from '../ui/numbers.ts'
import { toast } from '../ui/toast.ts'

type Props = { flowId: string; name: string; inside: number | null; onClose: () => void }

/** Asks how a flow ends: those inside go on, or everybody leaves. */
export default function StopDialog({ flowId, name, inside, onClose }: Props) {
  const queries = useQueryClient()
  const [how, setHow] = useState<'drain' | 'leave'>('drain')
  const stop = useMutation(
    api.flows.stop.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.flows.pathKey() })
        await queries.invalidateQueries({ queryKey: api.live.pathKey() })
        onClose()
        toast({ words: how === 'drain' ? 'Nobody comes in any more. Those inside go on.' : 'Stopped. Everybody is leaving now.' })
      },
    }),
  )
  const many = inside === null ? 'The people inside' : inside === 1 ? 'The 1 person inside' : `The ${fullNumber(inside)} people inside`
  return (
    <Dialog
      title={`Stop ${name}?`}
      open
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" busy={stop.isPending} onClick={() => stop.mutate({ id: flowId, how })}>
            {how === 'drain' ? 'Let nobody in' : 'Stop, everybody leaves'}
          </Button>
        </>
      }
    >
      <Radio.Group
        className="publish-who"
        label="Nobody comes in any more."
        value={how}
        onChange={(value) => setHow(value === 'leave' ? 'leave' : 'drain')}
      >
        <Radio value="drain" label={`${many} ${inside === 1 ? 'goes' : 'go'} on to the end`} />
        <Radio value="leave" label={`${many} ${inside === 1 ? 'leaves' : 'leave'} now; mail that has not gone out is taken back`} />
      </Radio.Group>
      {stop.error && (
        <p className="small danger" role="alert">
          {stop.error.message}
        </p>
      )}
    </Dialog>
  )
}
