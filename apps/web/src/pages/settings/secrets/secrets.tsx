import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answers, api } from '../../../shell/api.ts'
import { problemWords } from '../../../shell/problem.ts'
import { Button } from '../../../ui/button.tsx'
import { confirm } from '../../../ui/confirm.ts'
import { DateText } from '../../../ui/date-text.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import { toast } from '../../../ui/toast.ts'
import { SettingsHead } from '../settings-head.tsx'
import { SecretDialog } from './secret-dialog.tsx'

type Secret = Answers['secrets']['list'][number]

const columns: readonly Column<Secret>[] = [
  { id: 'name', head: 'Name', cell: ({ name }) => <span className="name">{name}</span> },
  { id: 'last4', head: 'Ends in', width: 100, cell: ({ last4 }) => <code>…{last4}</code> },
  { id: 'set', head: 'Set', width: 130, cell: ({ updatedAt }) => <DateText at={updatedAt} /> },
  { id: 'used', head: 'Last used', width: 130, cell: ({ lastUsedAt }) => <DateText at={lastUsedAt} /> },
]

/** Values that steps use by name and that nobody sees again. */
export function Secrets() {
  const { data } = useSuspenseQuery(api.secrets.list.queryOptions())
  const queries = useQueryClient()
  const [edited, setEdited] = useState<string | 'new' | null>(null)
  const remove = useMutation(
    api.secrets.remove.mutationOptions({
      onError: (error) => toast({ words: problemWords(error), bad: true }),
      onSettled: () =>
        Promise.all([queries.invalidateQueries(api.secrets.pathFilter()), queries.invalidateQueries(api.flows.catalog.queryFilter())]),
    }),
  )
  const ask = async ({ name }: Secret) => {
    const text = 'Steps that call with it wait and try again until there is a secret of this name.'
    if (await confirm({ title: `Remove the secret ${name}?`, text, deed: 'Remove', danger: true })) remove.mutate({ name })
  }
  const add = (
    <Button look="primary" onClick={() => setEdited('new')}>
      New secret…
    </Button>
  )
  return (
    <>
      <SettingsHead title="Secrets" deed={data.length > 0 ? add : undefined}>
        Steps that call a web address sign with a secret, or send one in a header. They know it by its name; what it holds never leaves the
        server.
      </SettingsHead>
      {data.length === 0 ? (
        <EmptyState title="There is no secret yet" actions={add}>
          Whoever is called can then be sure that it is your Baton that calls.
        </EmptyState>
      ) : (
        <Table
          label="Secrets"
          rows={data}
          rowKey={(row) => row.name}
          columns={columns}
          actions={(row) => (
            <>
              <Button size="small" look="quiet" onClick={() => setEdited(row.name)}>
                Replace…
              </Button>
              <Button size="small" look="danger-quiet" onClick={() => void ask(row)}>
                Remove…
              </Button>
            </>
          )}
        />
      )}
      <SecretDialog name={edited} onClose={() => setEdited(null)} />
    </>
  )
}
