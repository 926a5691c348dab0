import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../shell/api.ts'
import { confirm } from '../../ui/confirm.ts'
import { Select } from '../../ui/fields.tsx'
import { toast } from '../../ui/toast.ts'
import { sharesWith, shareWords } from '../shares.ts'

type Props = { flowId: string; name: string; share: number; mayEdit: boolean }

const more = 'Members of its segments who waited come in at once, by a pass in the background. Whoever is inside stays.'
const less = 'Whoever is inside stays. Those who come from now on and are not among them wait, or are noted as not in the roll-out.'

/** Staged roll-out: how many of the people at the door come in, and letting more in. */
export function RollOut({ flowId, name, share, mayEdit }: Props) {
  const queries = useQueryClient()
  const change = useMutation(
    api.flows.setShare.mutationOptions({
      onSuccess: async (_, { share: to }) => {
        await queries.invalidateQueries({ queryKey: api.flows.pathKey() })
        await queries.invalidateQueries({ queryKey: api.live.pathKey() })
        toast({ words: `${name} lets ${shareWords(to)} in.` })
      },
      onError: (error) => toast({ words: error.message, bad: true }),
    }),
  )
  const ask = async (to: number) => {
    const title = `Let ${shareWords(to)} into ${name}?`
    if (await confirm({ title, text: to > share ? more : less, deed: `Let ${shareWords(to)} in` })) change.mutate({ id: flowId, share: to })
  }
  return (
    <Select
      className="roll-out"
      label="Share of arrivals let in"
      size="xs"
      allowDeselect={false}
      disabled={!mayEdit || change.isPending}
      data={[...sharesWith(share)]}
      value={String(share)}
      onChange={(to) => to !== null && Number(to) !== share && void ask(Number(to))}
    />
  )
}
