import { keepPreviousData, type QueryClient } from '@tanstack/react-query'
import { type Answers, api } from '../../shell/api.ts'

export type LeadRow = Answers['desk']['list']['leads'][number]
export type Lead = Answers['desk']['lead']
export type Contact = NonNullable<Lead['contact']>
export type Happening = Contact['happenings'][number]

/** The list, looked at again every quarter of a minute: leads come in while one works. */
export const listQuery = (repId: string | undefined) =>
  api.desk.list.queryOptions(repId === undefined ? {} : { repId }, { refetchInterval: 15_000, placeholderData: keepPreviousData })

export const leadQuery = (id: number) => api.desk.lead.queryOptions({ id }, { refetchInterval: 30_000 })

/** After an answer, or when somebody was faster: everything of the desk is looked at again. */
export const refreshDesk = (queries: QueryClient) =>
  Promise.all([queries.invalidateQueries(api.desk.pathFilter()), queries.invalidateQueries(api.home.pathFilter())])
