import './machine.css'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Answers, api, client } from '../../../shell/api.ts'
import { DateText } from '../../../ui/date-text.tsx'
import { FailedFrame } from '../../../ui/error-frame.tsx'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import { auditDetail, auditWords } from './audit-words.ts'

type Page = Answers['system']['audit']
type Row = Page['rows'][number]

const columns: readonly Column<Row>[] = [
  { id: 'at', head: 'When', width: 130, cell: ({ at }) => <DateText at={at} style="full" /> },
  { id: 'who', head: 'Who', width: 180, cell: ({ actor }) => actor.name },
  {
    id: 'what',
    head: 'What',
    cell: (row) => {
      const detail = auditDetail(row)
      return (
        <>
          {auditWords(row.action)}
          {row.about !== null && (
            <>
              {' · '}
              <Link to="/flows/$flowId" params={{ flowId: row.subject.id }} className="audit-about">
                {row.about}
              </Link>
            </>
          )}
          {detail !== '' && <span className="muted">: {detail}</span>}
        </>
      )
    },
  },
]

/** The newest changes of who gets what, page by page. */
export function AuditList() {
  const pages = useInfiniteQuery({
    queryKey: [...api.system.audit.pathKey(), 'pages'],
    queryFn: ({ pageParam }: { pageParam: Page['next'] }) => client.system.audit.query(pageParam === null ? {} : { after: pageParam }),
    initialPageParam: null,
    getNextPageParam: ({ next }: Page) => next,
  })
  if (pages.error) return <FailedFrame what="This list" error={pages.error} onRetry={() => void pages.refetch()} />
  if (!pages.data) return <SkeletonRows rows={5} />
  const more = pages.hasNextPage ? { load: () => void pages.fetchNextPage(), loading: pages.isFetchingNextPage } : undefined
  return (
    <Table
      label="Who changed what"
      rows={pages.data.pages.flatMap((page) => page.rows)}
      rowKey={(row) => row.id}
      columns={columns}
      more={more}
    />
  )
}
