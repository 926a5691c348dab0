import { IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { ButtonLink, IconButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { toast } from '../../ui/toast.ts'
import { type ContactRow, nameOf, STAGES, titleAt } from '../contacts/people.ts'

const columns: readonly Column<ContactRow>[] = [
  {
    id: 'who',
    head: 'Person',
    cell: (row) => (
      <>
        <div className="name clip">{nameOf(row)}</div>
        {nameOf(row) !== row.key && <div className="second clip">{row.key}</div>}
      </>
    ),
  },
  { id: 'about', head: 'Title and company', cell: (row) => <span className="muted clip">{titleAt(row) || '–'}</span> },
  { id: 'stage', head: 'Stage', cell: ({ stage }) => STAGES[stage] },
]

/** The latest fifty who are on the list; each can be taken off. */
export function ListPeople({ listId, mayEdit }: { listId: string; mayEdit: boolean }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  // Putting people on a list is done in turn with everything else that happens to them: a moment later it is there.
  const people = useQuery(api.contacts.list.queryOptions({ filter: { segmentId: listId } }, { refetchInterval: 3000 }))
  const take = useMutation(
    api.lists.takeOff.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.contacts.pathKey() }),
      onError: (error) => toast({ words: problemWords(error), bad: true }),
    }),
  )
  const rows = people.data?.rows ?? []
  if (people.isPending) return <SkeletonRows rows={6} height={47} />
  if (people.isError) return <FailedFrame what="The people" error={people.error} onRetry={() => void people.refetch()} />
  if (rows.length === 0) return <EmptyState title="Nobody is on this list yet.">Add people above, or let a flow put them here.</EmptyState>
  return (
    <div className="preview">
      <Table
        label="People on the list"
        tall
        rows={rows}
        columns={columns}
        rowKey={(row) => String(row.id)}
        onOpen={(row) => void navigate({ to: '/contacts/$contactId', params: { contactId: String(row.id) } })}
        actions={
          mayEdit
            ? (row) => (
                <IconButton
                  size="small"
                  label={`Take ${nameOf(row)} off the list`}
                  icon={<IconX size={14} stroke={1.75} />}
                  onClick={() => take.mutate({ id: listId, contactIds: [row.id] })}
                />
              )
            : undefined
        }
      />
      {people.data.next !== null && (
        <ButtonLink look="quiet" size="small" to="/contacts" search={{ segment: listId }}>
          Show all
        </ButtonLink>
      )}
    </div>
  )
}
