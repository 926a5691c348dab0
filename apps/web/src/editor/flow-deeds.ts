import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type Answers, api } from '../shell/api.ts'
import { toast } from '../ui/toast.ts'

type Flow = Answers['flows']['get']

/** Resume and archive, with what to say afterwards. */
export function useFlowDeeds(flow: Pick<Flow, 'id' | 'name'>) {
  const queries = useQueryClient()
  const done = (words: string) => async () => {
    await queries.invalidateQueries({ queryKey: api.flows.pathKey() })
    await queries.invalidateQueries({ queryKey: api.live.pathKey() })
    toast({ words })
  }
  const wrong = { onError: (error: { message: string }) => toast({ words: error.message, bad: true }) }
  return {
    resume: useMutation(api.flows.resume.mutationOptions({ ...wrong, onSuccess: done(`${flow.name} goes on.`) })),
    archive: useMutation(api.flows.archive.mutationOptions({ ...wrong, onSuccess: done(`${flow.name} is in the archive.`) })),
    unarchive: useMutation(api.flows.unarchive.mutationOptions({ ...wrong, onSuccess: done(`${flow.name} is back.`) })),
  }
}
