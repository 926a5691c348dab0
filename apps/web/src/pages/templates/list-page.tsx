import './templates.css'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type Answers, api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { problemWords } from '../../shell/problem.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { Button } from '../../ui/button.tsx'
import { DateText } from '../../ui/date-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Chip } from '../../ui/marks.tsx'
import { SearchInput, Toolbar } from '../../ui/search-input.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { type Column, LongTable } from '../../ui/table.tsx'
import { toast } from '../../ui/toast.ts'
import NewMessageDialog from './new-dialog.tsx'

type Row = Answers['templates']['list'][number]

const columns: readonly Column<Row>[] = [
  {
    id: 'name',
    head: 'Message',
    cell: ({ name, subject }) => (
      <>
        <p className="name clip">{name}</p>
        <p className="second clip">{subject === '' ? 'No subject yet' : subject}</p>
      </>
    ),
  },
  {
    id: 'purpose',
    head: 'Purpose',
    width: 120,
    cell: ({ purpose }) => (
      <Chip tone={purpose === 'marketing' ? 'plain' : 'line'}>{purpose === 'marketing' ? 'Marketing' : 'Service'}</Chip>
    ),
  },
  { id: 'uses', head: 'Sent by', width: 260, cell: ({ uses }) => <UsesOf uses={uses} /> },
  { id: 'version', head: 'Version', num: true, width: 80, cell: ({ version }) => version },
  {
    id: 'updated',
    head: 'Changed',
    width: 190,
    cell: ({ updatedAt, updatedBy }) => (
      <span className="clip">
        <DateText at={updatedAt} />
        {updatedBy !== null && <span className="faint"> by {updatedBy}</span>}
      </span>
    ),
  },
]

function UsesOf({ uses }: Pick<Row, 'uses'>) {
  if (uses.length === 0) return <span className="faint">No flow</span>
  const names = uses.map((use) => use.name).join(', ')
  return (
    <span className="clip" title={names}>
      {names}
    </span>
  )
}

const found = (row: Row, words: string) => `${row.name} ${row.subject}`.toLowerCase().includes(words.trim().toLowerCase())

/** Every mail that flows can send. */
export function MessagesPage() {
  const [archived, setArchived] = useState(false)
  const [words, setWords] = useState('')
  const [making, setMaking] = useState(false)
  const mayWrite = useMay('admin', 'marketer')
  const navigate = useNavigate()
  const list = useQuery(api.templates.list.queryOptions({ archived }))
  const rows = list.data?.filter((row) => found(row, words))
  const open = (id: string) => void navigate({ to: '/templates/$templateId', params: { templateId: id } })
  const deeds = useDeeds(open)
  const add = mayWrite ? (
    <Button look="primary" icon={<IconPlus size={14} stroke={1.75} />} onClick={() => setMaking(true)}>
      New message
    </Button>
  ) : undefined
  return (
    <div className="page">
      <TopBar crumbs={['Messages']}>{add}</TopBar>
      <Toolbar>
        <SearchInput label="Find a message" value={words} onChange={setWords} />
        <Segmented
          label="Which messages"
          size="small"
          value={archived ? 'archived' : 'current'}
          onChange={(value) => setArchived(value === 'archived')}
          options={[
            { value: 'current', label: 'Current' },
            { value: 'archived', label: 'Put away' },
          ]}
        />
      </Toolbar>
      {list.error ? (
        <FailedFrame what="The list" error={list.error} onRetry={() => void list.refetch()} />
      ) : !rows ? (
        <SkeletonRows height={47} />
      ) : rows.length > 0 ? (
        <LongTable
          label="Messages"
          tall
          rows={rows}
          rowKey={(row) => row.id}
          columns={columns}
          onOpen={(row) => open(row.id)}
          actions={
            mayWrite
              ? (row) =>
                  archived ? (
                    <Button size="small" look="quiet" onClick={() => deeds.restore(row)}>
                      Take out again
                    </Button>
                  ) : (
                    <>
                      <Button size="small" look="quiet" onClick={() => deeds.copy(row)}>
                        Duplicate
                      </Button>
                      <Button size="small" look="quiet" onClick={() => deeds.putAway(row)}>
                        Put away
                      </Button>
                    </>
                  )
              : undefined
          }
        />
      ) : words !== '' ? (
        <EmptyState title={`No message is called “${words}”.`} actions={<Button onClick={() => setWords('')}>Clear search</Button>} />
      ) : archived ? (
        <EmptyState title="Nothing is put away." />
      ) : (
        <EmptyState title="Write what your flows will send." actions={add}>
          Start from a layout, fill it with fields of the person, and see it as they will.
        </EmptyState>
      )}
      <NewMessageDialog open={making} onClose={() => setMaking(false)} onMade={open} />
    </div>
  )
}

/** Duplicate, put away and take out again. */
function useDeeds(open: (id: string) => void) {
  const queries = useQueryClient()
  const onSettled = () => queries.invalidateQueries(api.templates.pathFilter())
  const onError = (error: unknown) => toast({ words: problemWords(error), bad: true })
  const create = useMutation(api.templates.create.mutationOptions({ onError, onSettled }))
  const archive = useMutation(api.templates.archive.mutationOptions({ onError, onSettled }))
  const restore = useMutation(api.templates.restore.mutationOptions({ onError, onSettled }))
  return {
    copy: ({ id, name }: Row) =>
      create.mutate({ name: `${name} (copy)`.slice(0, 100), from: { kind: 'copy', id } }, { onSuccess: (made) => open(made.id) }),
    putAway: ({ id, name }: Row) =>
      archive.mutate({ id }, { onSuccess: () => toast({ words: `${name} is put away.`, undo: () => restore.mutate({ id }) }) }),
    restore: ({ id, name }: Row) => restore.mutate({ id }, { onSuccess: () => toast({ words: `${name} is back.` }) }),
  }
}
