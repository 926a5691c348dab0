import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../shell/api.ts'
import { DialogForm } from '../../../shell/dialog-form.tsx'
import { fieldProblems } from '../../../shell/problem.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Select } from '../../../ui/fields.tsx'
import { TextField } from '../../../ui/form-field.tsx'
import { toast } from '../../../ui/toast.ts'
import { laterOf, spanWords } from './days.ts'

/** An absence as it is edited: first and last day. */
export type Absence = { id?: string | undefined; userId: string; from: string; until: string; note: string }

type Props = {
  absence: Absence | null
  people: readonly { userId: string; name: string }[]
  onClose: () => void
  onRemove: (absence: Absence) => void
}

/** Writes an absence down, or changes one. */
export function AbsenceDialog({ absence, onClose, ...rest }: Props) {
  return (
    <Dialog title={absence?.id === undefined ? 'New absence' : 'Change absence'} open={absence !== null} onClose={onClose}>
      {absence && <AbsenceForm key={`${absence.id} ${absence.userId} ${absence.from}`} absence={absence} onClose={onClose} {...rest} />}
    </Dialog>
  )
}

function AbsenceForm({ absence, people, onClose, onRemove }: Props & { absence: Absence }) {
  const queries = useQueryClient()
  const [draft, setDraft] = useState(absence)
  const save = useMutation(
    api.absences.save.mutationOptions({
      onSuccess: async () => {
        toast({ words: `Away ${spanWords(draft.from, draft.until)}.` })
        onClose()
        await Promise.all([queries.invalidateQueries(api.absences.pathFilter()), queries.invalidateQueries(api.teams.pathFilter())])
      },
    }),
  )
  const wrong = fieldProblems(save.error)
  const set = (change: Partial<Absence>) => setDraft({ ...draft, ...change })
  return (
    <DialogForm error={save.error} deed="Save" busy={save.isPending} onSubmit={() => save.mutate(draft)} onClose={onClose}>
      {people.length > 1 && (
        <Select
          label="Who"
          data={people.map((it) => ({ value: it.userId, label: it.name }))}
          allowDeselect={false}
          disabled={absence.id !== undefined}
          value={draft.userId}
          onChange={(userId) => userId !== null && set({ userId })}
        />
      )}
      <div className="absence-days">
        <TextField
          label="First day away"
          type="date"
          data-autofocus
          value={draft.from}
          error={wrong.from}
          onChange={(event) => {
            const from = event.currentTarget.value
            set({ from, until: laterOf(draft.until, from) })
          }}
        />
        <TextField
          label="Last day away"
          type="date"
          value={draft.until}
          error={wrong.until}
          onChange={(event) => set({ until: event.currentTarget.value })}
        />
      </div>
      <TextField
        label="Note"
        placeholder="Holiday"
        hint="Managers see it."
        maxLength={200}
        value={draft.note}
        error={wrong.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
      {absence.id !== undefined && (
        <div>
          <Button look="danger-quiet" size="small" onClick={() => onRemove(absence)}>
            Remove this absence…
          </Button>
        </div>
      )}
    </DialogForm>
  )
}
