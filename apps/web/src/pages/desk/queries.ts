import { keepPreviousData, type QueryClient, useQueryClient } from '@tanstack/react-query'
import { type Answers, api } from '../../shell/api.ts'

export type LeadRow = Answers['desk']['list']['leads'][number]
export type Lead = Answers['desk']['lead']
export type Contact = NonNullable<Lead['contact']>
export type Happening = Contact['happenings'][number]

/** The list, looked at again every quarter of a minute: leads come in while one works. */
export const listQuery = (repId: string | undefined) =>
  api.desk.list.queryOptions(repId === undefined ? {} : { repId }, { refetchInterval: 15_000, placeholderData: keepPreviousData })

/** A lead, looked at again as often: what the person does meanwhile appears by itself. */
export const leadQuery = (id: number) => api.desk.lead.queryOptions({ id }, { refetchInterval: 15_000 })

/** After a deed, or when somebody was faster: everything of the desk is looked at again. */
export const refreshDesk = (queries: QueryClient) =>
  Promise.all([queries.invalidateQueries(api.desk.pathFilter()), queries.invalidateQueries(api.home.pathFilter())])

export function useRefreshDesk(): () => Promise<unknown> {
  const queries = useQueryClient()
  return () => refreshDesk(queries)
}
