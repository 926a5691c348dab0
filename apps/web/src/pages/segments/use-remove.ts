import { useQueryClient } from '@tanstack/react-query'
import { api, client } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { unused } from '../../shell/used.ts'
import { confirm } from '../../ui/confirm.ts'
import { toast } from '../../ui/toast.ts'

/** Asks, then deletes a segment. One that is used stays, and is told by whom. @returns whether it is gone */
export function useRemoveSegment() {
  const queries = useQueryClient()
  return async ({ id, name }: { id: string; name: string }): Promise<boolean> => {
    try {
      if (!(await unused({ kind: 'segment', id, name }))) return false
      const text = 'Nobody uses it. The people in it stay as they are.'
      if (!(await confirm({ title: `Delete the segment ${name}?`, text, deed: 'Delete', danger: true }))) return false
      await client.segments.remove.mutate({ id })
      toast({ words: `${name} is deleted.` })
      await queries.invalidateQueries({ queryKey: api.segments.pathKey() })
      await queries.invalidateQueries({ queryKey: api.flows.catalog.queryKey() })
      return true
    } catch (error) {
      toast({ words: problemWords(error), bad: true })
      return false
    }
  }
}
