import { compileCondition } from '@baton/engine'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConditionBuilder, emptyCondition } from '../../condition/index.tsx'
import { api } from '../../shell/api.ts'
import { DialogForm } from '../../shell/dialog-form.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/form-field.tsx'
import type { Making } from '../make-thing.tsx'

/** Makes a segment: its name, and who is in it. */
export default function MakeSegment({ onMade, onClose }: Making) {
  const queries = useQueryClient()
  const catalog = useQuery(api.flows.catalog.queryOptions()).data
  const [name, setName] = useState('')
  const [condition, setCondition] = useState(emptyCondition)
  const create = useMutation(
    api.segments.create.mutationOptions({
      onSuccess: ({ id }) => {
        void queries.invalidateQueries({ queryKey: api.segments.pathKey() })
        onMade(id)
      },
    }),
  )
  const complete = catalog !== undefined && condition.rules.length > 0 && !('issues' in compileCondition(condition, catalog, 'segment'))
  return (
    <Dialog title="New segment" open onClose={onClose} width={640}>
      <DialogForm
        deed="Make the segment"
        error={create.error}
        busy={create.isPending}
        disabled={!complete || name.trim() === ''}
        onClose={onClose}
        onSubmit={() => create.mutate({ name, condition })}
      >
        <TextField
          label="Name"
          data-autofocus
          placeholder="Retired, agreed to mail"
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className="field">
          <span className="label">Who is in it</span>
          {catalog && <ConditionBuilder value={condition} onChange={setCondition} catalog={catalog} place="segment" readOnly={false} />}
        </div>
      </DialogForm>
    </Dialog>
  )
}
