import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../shell/api.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.ts'

/** Calls off a launch that waits for its time. */
export function CallOff({ flowId }: { flowId: string }) {
  const queries = useQueryClient()
  const off = useMutation(
    api.flows.callOff.mutationOptions({
      onSuccess: () => toast({ words: 'Called off. The draft stays as it is.' }),
      onError: (error) => toast({ words: error.message, bad: true }),
      onSettled: () => queries.invalidateQueries({ queryKey: api.flows.pathKey() }),
    }),
  )
  return (
    <Button size="small" busy={off.isPending} onClick={() => off.mutate({ id: flowId })}>
      Call it off
    </Button>
  )
}
