import { IconCheck } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { useKeys } from '../../shell/keys.ts'
import { useMay } from '../../shell/person.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.ts'
import { type Lead, listQuery, refreshDesk } from './queries.ts'
import { RejectDialog } from './reject-dialog.tsx'
import { nextWaiting } from './sections.ts'

const route = getRouteApi('/frame/desk')

/** Accept and Reject, by press and by key. Of two who answer at once the slower one is told. */
export function Answer({ lead }: { lead: Lead }) {
  const { rep } = route.useSearch()
  const manager = useMay('admin', 'sales_manager')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [rejecting, setRejecting] = useState(false)
  const seen = { id: lead.id, rev: lead.rev }
  const accept = useMutation(
    api.desk.accept.mutationOptions({
      onSuccess: () =>
        toast({ words: `${lead.name} is accepted.${lead.afterAccept === null ? '' : ` The flow goes on: ${lead.afterAccept}.`}` }),
      onError: (error) => toast({ words: problemWords(error), bad: true }),
      onSettled: () => refreshDesk(queries),
    }),
  )
  const rejected = async () => {
    const leads = queries.getQueryData(listQuery(manager ? rep : undefined).queryKey)?.leads ?? []
    const next = nextWaiting(leads, lead.id)
    setRejecting(false)
    toast({ words: `${lead.name} is with marketing again.` })
    if (next) await navigate({ to: '/desk/$leadId', params: { leadId: String(next.id) }, search: { rep } })
    await refreshDesk(queries)
  }
  useKeys([
    ['a', () => !accept.isPending && !rejecting && accept.mutate(seen)],
    ['r', () => setRejecting(true)],
  ])
  return (
    <>
      <Button
        look="primary"
        size="big"
        keys="A"
        icon={<IconCheck size={14} stroke={1.75} />}
        busy={accept.isPending}
        onClick={() => accept.mutate(seen)}
      >
        Accept
      </Button>
      <Button look="danger-quiet" size="big" keys="R" className="last" onClick={() => setRejecting(true)}>
        Reject…
      </Button>
      <RejectDialog lead={lead} open={rejecting} onClose={() => setRejecting(false)} onDone={() => void rejected()} />
    </>
  )
}
