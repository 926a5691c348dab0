import './forms.css'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type Answers, api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { DateText } from '../../ui/date-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { Toolbar } from '../../ui/search-input.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { type Column, LongTable } from '../../ui/table.tsx'
import { useRemoveForm } from './use-remove.ts'

type Row = Answers['forms']['list'][number]

const columns: readonly Column<Row>[] = [
  {
    id: 'name',
    head: 'Form',
    cell: ({ name, title }) => (
      <>
        <p className="name clip">{name}</p>
        <p className="second clip">{title || 'No title'}</p>
      </>
    ),
  },
  {
    id: 'consent',
    head: 'Consent',
    width: 190,
    cell: ({ topics, confirm }) =>
      topics.length === 0 ? <span className="faint">–</span> : confirm ? 'By tick and mail' : <span>By tick</span>,
  },
  {
    id: 'where',
    head: 'Stands on',
    width: 220,
    cell: ({ origins }) => (
      <span className="clip muted" title={origins.join(', ')}>
        {origins.length === 0 ? 'Its own page' : `Its own page, ${origins.map((it) => it.replace(/^https?:\/\//, '')).join(', ')}`}
      </span>
    ),
  },
  { id: 'answers', head: 'Sent', num: true, width: 90, cell: ({ answers }) => fullNumber(answers) },
  { id: 'last', head: 'Last', width: 120, cell: ({ lastAnswerAt }) => <DateText at={lastAnswerAt} /> },
]

/** Forms by which people tell who they are. */
export function FormsPage() {
  const [archived, setArchived] = useState(false)
  const mayEdit = useMay('admin', 'marketer')
  const navigate = useNavigate()
  const deeds = useRemoveForm()
  const list = useQuery(api.forms.list.queryOptions({ archived }, { refetchInterval: 30_000 }))
  const add = mayEdit ? (
    <ButtonLink look="primary" to="/forms/$formId" params={{ formId: 'new' }} icon={<IconPlus size={14} stroke={1.75} />}>
      New form
    </ButtonLink>
  ) : undefined
  return (
    <div className="page">
      <TopBar crumbs={['Forms']}>{add}</TopBar>
      <Toolbar>
        <Segmented
          label="Which forms"
          size="small"
          value={archived ? 'archived' : 'current'}
          onChange={(value) => setArchived(value === 'archived')}
          options={[
            { value: 'current', label: 'In use' },
            { value: 'archived', label: 'Put away' },
          ]}
        />
      </Toolbar>
      {list.error ? (
        <FailedFrame what="The list of forms" error={list.error} onRetry={() => void list.refetch()} />
      ) : !list.data ? (
        <SkeletonRows rows={6} height={47} />
      ) : list.data.length > 0 ? (
        <LongTable
          label="Forms"
          tall
          rows={list.data}
          rowKey={(row) => row.id}
          columns={columns}
          onOpen={(row) => void navigate({ to: '/forms/$formId', params: { formId: row.id } })}
          actions={
            mayEdit
              ? (row) => (
                  <Button size="small" look="quiet" onClick={() => void (archived ? deeds.takeOut(row) : deeds.putAway(row))}>
                    {archived ? 'Take out again' : 'Put away…'}
                  </Button>
                )
              : undefined
          }
        />
      ) : archived ? (
        <EmptyState title="Nothing is put away." />
      ) : (
        <EmptyState title="Let people come to you." actions={add}>
          A form has a page of its own and fits into any site. Whoever sends it is a contact at once, and flows can begin with that.
        </EmptyState>
      )}
    </div>
  )
}
