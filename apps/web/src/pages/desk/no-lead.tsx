import { useMediaQuery } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Navigate } from '@tanstack/react-router'
import { useMay } from '../../shell/person.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { listQuery } from './queries.ts'
import { inOrder } from './sections.ts'

const route = getRouteApi('/frame/desk')

/** No lead is chosen: the first of the list is, where there is room for both; else, that there is nothing to do. */
export function NoLead() {
  const { rep } = route.useSearch()
  const manager = useMay('admin', 'sales_manager')
  const narrow = useMediaQuery('(max-width: 899px)', undefined, { getInitialValueInEffect: false })
  const list = useQuery(listQuery(manager ? rep : undefined)).data
  if (!list) return <div className="lead-page" />
  const first = inOrder(list.leads, Date.now())[0]
  if (first && !narrow) return <Navigate to="/desk/$leadId" params={{ leadId: String(first.id) }} search={{ rep }} replace />
  if (first) return null
  return (
    <div className="lead-page">
      <h1 className="unseen">Desk</h1>
      <EmptyState title="Nobody waits for you.">
        {manager
          ? 'Leads appear here as soon as a live flow hands somebody to sales.'
          : 'Leads appear here as soon as one is handed to you. This page looks for them by itself.'}
      </EmptyState>
    </div>
  )
}
