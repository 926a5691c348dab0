import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../shell/api.ts'
import { problemWords } from '../../../shell/problem.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { SearchInput } from '../../../ui/search-input.tsx'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { Table } from '../../../ui/table.tsx'
import { toast } from '../../../ui/toast.ts'
import { CompanyDialog } from '../../companies/company-dialog.tsx'

/** Puts a person into a company: one that is known, or a new one. */
export function JoinDialog({ contactId, open, onClose }: { contactId: number; open: boolean; onClose: () => void }) {
  const [making, setMaking] = useState(false)
  const queries = useQueryClient()
  const join = useMutation(
    api.companies.join.mutationOptions({
      onError: (error) => toast({ words: problemWords(error), bad: true }),
      onSuccess: () => {
        onClose()
        toast({ words: 'They belong to it now.' })
      },
      onSettled: () => queries.invalidateQueries(api.companies.ofContact.pathFilter()),
    }),
  )
  const choose = (companyId: string) => join.mutate({ contactId, companyId })
  return (
    <>
      <Dialog title="Which company?" open={open && !making} onClose={onClose} width={480}>
        {open && <Choice onChoose={choose} onNew={() => setMaking(true)} />}
      </Dialog>
      <CompanyDialog company={making ? 'new' : null} onClose={() => setMaking(false)} onSaved={choose} />
    </>
  )
}

function Choice({ onChoose, onNew }: { onChoose: (id: string) => void; onNew: () => void }) {
  const [search, setSearch] = useState('')
  const list = useQuery(api.companies.list.queryOptions({ search }))
  return (
    <div className="dialog-form">
      <SearchInput label="Find by name or domain" width="100%" value={search} onChange={setSearch} />
      {!list.data ? (
        <SkeletonRows rows={4} />
      ) : list.data.companies.length === 0 ? (
        <p className="small muted">{search === '' ? 'No company is known yet.' : `No company begins with “${search}”.`}</p>
      ) : (
        <Table
          label="Companies"
          rows={list.data.companies.slice(0, 8)}
          rowKey={(row) => row.id}
          columns={[
            { id: 'name', head: 'Company', cell: ({ name }) => <span className="name clip">{name}</span> },
            { id: 'domain', head: 'Domain', width: 160, cell: ({ domain }) => <span className="clip muted">{domain ?? '–'}</span> },
          ]}
          onOpen={(row) => onChoose(row.id)}
        />
      )}
      <div className="dialog-foot">
        <Button onClick={onNew}>New company…</Button>
      </div>
    </div>
  )
}
