import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useMay } from '../../shell/person.ts'
import { problemWords, statusOf } from '../../shell/problem.ts'
import { toast } from '../../ui/toast.ts'
import { type Done, doneWords, leaves } from './deeds.ts'
import { type Lead, listQuery, refreshDesk } from './queries.ts'
import { nextWaiting } from './sections.ts'

const route = getRouteApi('/frame/desk')

/** What follows a deed: it is said, the desk is looked at again, and where the lead left these hands the next one is chosen. */
export function useDeed(lead: Lead): {
  done: (deed: Done) => Promise<void>
  /** @returns true where there is nothing to do here any more: somebody was faster, or the lead was moved */
  failed: (error: unknown) => Promise<boolean>
} {
  const { rep } = route.useSearch()
  const manager = useMay('admin', 'sales_manager')
  const queries = useQueryClient()
  const navigate = useNavigate()
  return {
    async done(deed) {
      const leads = queries.getQueryData(listQuery(manager ? rep : undefined).queryKey)?.leads ?? []
      const next = leaves(lead, deed) ? nextWaiting(leads, lead.id, Date.now()) : undefined
      toast({ words: doneWords(lead, deed) })
      if (next) await navigate({ to: '/desk/$leadId', params: { leadId: String(next.id) }, search: { rep } })
      await refreshDesk(queries)
    },
    async failed(error) {
      const status = statusOf(error)
      if (status !== 409 && status !== 404) return false
      toast({ words: problemWords(error), bad: true })
      await refreshDesk(queries)
      return true
    },
  }
}
