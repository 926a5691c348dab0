import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../../../shell/api.ts'
import { problemWords } from '../../../shell/problem.ts'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/form-field.tsx'
import { toast } from '../../../ui/toast.ts'
import { dataOf, type Typed, typedOf } from '../../companies/values.ts'
import { ValuesForm } from '../../companies/values-form.tsx'
import type { HandKind, RelatedRecord } from './record.ts'

type Edited = { kind: HandKind; record: RelatedRecord | null }
const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)
/** What a new one begins with, to be filled in. */
const FRESH: Readonly<Record<HandKind, readonly string[]>> = {
  opportunity: ['name', 'stage', 'amount', 'currency', 'close_date', 'owner'],
  purchase: ['name', 'amount'],
}

/** Adds an opportunity or a purchase by hand, or changes one. */
export function RecordDialog({ contactId, edited, onClose }: { contactId: number; edited: Edited | null; onClose: () => void }) {
  const what = edited?.kind === 'purchase' ? 'purchase' : 'opportunity'
  return (
    <Dialog title={edited?.record ? `Change this ${what}` : `New ${what}`} open={edited !== null} onClose={onClose} width={520}>
      {edited !== null && <RecordForm contactId={contactId} edited={edited} onClose={onClose} />}
    </Dialog>
  )
}

function RecordForm({ contactId, edited: { kind, record }, onClose }: { contactId: number; edited: Edited; onClose: () => void }) {
  const queries = useQueryClient()
  const [day, setDay] = useState(dayOf(record?.at ?? Date.now()))
  const [lines, setLines] = useState<Typed[]>(() => (record ? typedOf(record.data) : FRESH[kind].map((name) => ({ name, text: '' }))))
  const save = useMutation(
    api.companies.saveRecord.mutationOptions({
      onSuccess: async () => {
        onClose()
        toast({ words: 'Saved. It shows within a moment.' })
        await queries.invalidateQueries(api.companies.ofContact.pathFilter())
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    // A day that was not touched keeps its time.
    const at = record && day === dayOf(record.at) ? record.at : Number.isNaN(Date.parse(day)) ? null : Date.parse(day)
    save.mutate({ contactId, kind, id: record?.id ?? null, at, data: dataOf(lines) })
  }
  return (
    <form className="dialog-form" onSubmit={submit} noValidate>
      <TextField
        label={kind === 'purchase' ? 'Bought on' : 'Opened on'}
        type="date"
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      <ValuesForm lines={lines} onChange={setLines} />
      {save.error && <Callout tone="danger" title={problemWords(save.error)} />}
      <div className="dialog-foot">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" busy={save.isPending}>
          Save
        </Button>
      </div>
    </form>
  )
}
