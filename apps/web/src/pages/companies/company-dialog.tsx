import './companies.css'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { DialogForm } from '../../shell/dialog-form.tsx'
import { fieldProblems } from '../../shell/problem.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/form-field.tsx'
import { toast } from '../../ui/toast.ts'
import { dataOf, type Typed, typedOf, type Value } from './values.ts'
import { ValuesForm } from './values-form.tsx'

export interface EditedCompany {
  id: string
  name: string
  domain: string | null
  data: Readonly<Record<string, Value>>
}

type Props = { company: EditedCompany | 'new' | null; onClose: () => void; onSaved?: ((id: string) => void) | undefined }

/** Makes a company, or changes one; its people hear of it within moments. */
export function CompanyDialog({ company, onClose, onSaved }: Props) {
  return (
    <Dialog title={company === 'new' ? 'New company' : (company?.name ?? '')} open={company !== null} onClose={onClose} width={520}>
      {company !== null && <CompanyForm company={company === 'new' ? undefined : company} onClose={onClose} onSaved={onSaved} />}
    </Dialog>
  )
}

function CompanyForm({ company, onClose, onSaved }: Omit<Props, 'company'> & { company: EditedCompany | undefined }) {
  const queries = useQueryClient()
  const [name, setName] = useState(company?.name ?? '')
  const [domain, setDomain] = useState(company?.domain ?? '')
  const [lines, setLines] = useState<Typed[]>(() =>
    company ? typedOf(company.data) : ['country', 'industry', 'employees'].map((it) => ({ name: it, text: '' })),
  )
  const save = useMutation(
    api.companies.save.mutationOptions({
      onSuccess: async ({ id }) => {
        onClose()
        toast({ words: company ? `${name.trim()} is saved. Its people hear of it now.` : `${name.trim()} is added.` })
        await queries.invalidateQueries(api.companies.pathFilter())
        onSaved?.(id)
      },
    }),
  )
  const wrong = fieldProblems(save.error)
  const submit = () => save.mutate({ id: company?.id ?? null, name, domain: domain.trim() || null, data: dataOf(lines) })
  return (
    <DialogForm
      error={save.error}
      deed={company ? 'Save' : 'Add the company'}
      busy={save.isPending}
      disabled={name.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label="Name"
        data-autofocus
        placeholder="Acme"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={wrong.name}
      />
      <TextField
        label="Domain"
        placeholder="acme.com"
        value={domain}
        onChange={(event) => setDomain(event.currentTarget.value)}
        error={wrong.domain}
      />
      <ValuesForm lines={lines} onChange={setLines} />
      <p className="hint">“zone” or “country” says when it is morning for people of whom neither is known.</p>
    </DialogForm>
  )
}
