import { useQueryClient } from '@tanstack/react-query'
import { api, client } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { confirm } from '../../ui/confirm.ts'
import { toast } from '../../ui/toast.ts'

type Which = { id: string; name: string }

/** Puts forms away, after asking, and takes them out again. One that flows begin with stays, and is told by which. */
export function useRemoveForm() {
  const queries = useQueryClient()
  const after = () => queries.invalidateQueries(api.forms.pathFilter())
  return {
    async putAway({ id, name }: Which): Promise<boolean> {
      try {
        const { uses } = await client.forms.get.query({ id })
        if (uses.length > 0) {
          toast({ words: `${name} stays: it is used by ${uses.map((it) => it.name).join(', ')}.`, bad: true })
          return false
        }
        const text = 'Its page and the sites it stands on take no answers any more. What was sent stays with the people.'
        if (!(await confirm({ title: `Put the form ${name} away?`, text, deed: 'Put away', danger: true }))) return false
        await client.forms.remove.mutate({ id })
        toast({ words: `${name} is put away.` })
        await after()
        return true
      } catch (error) {
        toast({ words: problemWords(error), bad: true })
        return false
      }
    },
    async takeOut({ id, name }: Which): Promise<void> {
      try {
        await client.forms.restore.mutate({ id })
        toast({ words: `${name} takes answers again.` })
        await after()
      } catch (error) {
        toast({ words: problemWords(error), bad: true })
      }
    },
  }
}
