import './migrate.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../shell/api.ts'
import { Button } from '../../ui/button.tsx'
import { confirm } from '../../ui/confirm.ts'
import { fullNumber } from '../../ui/numbers.ts'
import { toast } from '../../ui/toast.ts'

const EVERY = 10_000

const people = (n: number) => `${fullNumber(n)} ${n === 1 ? 'person' : 'people'}`

/** After a version took people along: how many took no step since, and can be moved back. Nothing while they are under way. */
export function Moved({ flowId, mayEdit }: { flowId: string; mayEdit: boolean }) {
  const queries = useQueryClient()
  const latest = useQuery(api.migration.latest.queryOptions({ flowId }, { staleTime: 0, refetchInterval: EVERY }))
  const scans = useQuery(api.live.scans.queryOptions({ flowId }))
  const reload = async () => {
    await queries.invalidateQueries({ queryKey: api.migration.pathKey() })
    await queries.invalidateQueries({ queryKey: api.live.pathKey() })
  }
  const back = useMutation(
    api.migration.back.mutationOptions({
      onSuccess: async ({ people: n }) => {
        await reload()
        toast({ words: `${people(n)} ${n === 1 ? 'is' : 'are'} being moved back.` })
      },
      onError: (error) => toast({ words: error.message, bad: true }),
    }),
  )
  const { data } = latest
  const under = scans.data?.some((it) => it.status === 'running' && (it.kind === 'migrate' || it.kind === 'migrate-back')) ?? true
  if (!data || under || data.returnable === 0 || !data.recent) return null
  const { version, returnable: n } = data
  const ask = async () => {
    const text = `${n === 1 ? 'This person goes' : 'They go'} back to the step and the version of before, and ${n === 1 ? 'waits' : 'wait'} as before. Whoever went on or left since stays where they are. New people still come in by version ${version}.`
    if (await confirm({ title: `Move ${people(n)} back?`, text, deed: 'Move them back' })) back.mutate({ flowId, version })
  }
  return (
    <div className="float moved">
      <p className="small">
        {people(n)} that version {version} took along {n === 1 ? 'has' : 'have'} taken no step since.
      </p>
      {mayEdit && (
        <Button size="small" busy={back.isPending} onClick={() => void ask()}>
          Move them back…
        </Button>
      )}
    </div>
  )
}
