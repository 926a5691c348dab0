import { compileCondition } from '@baton/engine'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ConditionBuilder, emptyCondition } from '../../../condition/index.tsx'
import { api } from '../../../shell/api.ts'
import { DialogForm } from '../../../shell/dialog-form.tsx'
import { fieldProblems } from '../../../shell/problem.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { MultiSelect } from '../../../ui/fields.tsx'
import { TextField } from '../../../ui/form-field.tsx'
import { fullNumber } from '../../../ui/numbers.ts'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { toast } from '../../../ui/toast.ts'
import { useCounts } from '../../segments/use-counts.ts'
import type { TeamWhole, Territory } from './team.ts'

type Props = { team: TeamWhole; territory: Territory | 'new' | null; onClose: () => void }

/** Makes a territory, or changes one: who fits, and who gets them. */
export function TerritoryDialog({ team, territory, onClose }: Props) {
  return (
    <Dialog title={territory === 'new' ? 'New territory' : 'Change territory'} open={territory !== null} onClose={onClose} width={640}>
      {territory !== null && <TerritoryForm team={team} territory={territory === 'new' ? null : territory} onClose={onClose} />}
    </Dialog>
  )
}

function TerritoryForm({ team, territory, onClose }: { team: TeamWhole; territory: Territory | null; onClose: () => void }) {
  const queries = useQueryClient()
  const catalog = useQuery(api.flows.catalog.queryOptions()).data
  const [name, setName] = useState(territory?.name ?? '')
  const [condition, setCondition] = useState(territory?.condition ?? emptyCondition)
  const [repIds, setRepIds] = useState<string[]>(territory?.repIds ?? [])
  const complete = catalog !== undefined && condition.rules.length > 0 && !('issues' in compileCondition(condition, catalog, 'segment'))
  const { counts } = useCounts(condition, complete)
  const save = useMutation(
    api.teams.saveTerritory.mutationOptions({
      onSuccess: async () => {
        onClose()
        toast({ words: `The territory ${name.trim()} is saved.` })
        await queries.invalidateQueries(api.teams.pathFilter())
      },
    }),
  )
  const wrong = fieldProblems(save.error)
  // Whoever is named and no member any more is kept in sight, to be taken out.
  const gone = repIds.filter((id) => !team.members.some((it) => it.userId === id))
  const submit = () => save.mutate({ ...(territory ? { id: territory.id } : {}), teamId: team.id, name, condition, repIds })
  return (
    <DialogForm
      error={save.error}
      deed={territory ? 'Save' : 'Make the territory'}
      busy={save.isPending}
      disabled={!complete || name.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label="Name"
        data-autofocus
        placeholder="Nordics, manufacturing"
        value={name}
        error={wrong.name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className="field">
        <span className="label">Who fits</span>
        {catalog ? (
          <ConditionBuilder value={condition} onChange={setCondition} catalog={catalog} place="segment" />
        ) : (
          <SkeletonRows rows={2} />
        )}
        {complete && counts && (
          <p className="hint">
            {counts.exact ? '' : 'about '}
            {fullNumber(counts.matches)} {counts.matches === 1 ? 'person fits' : 'people fit'}
            {counts.unknown > 0 && `, of ${fullNumber(counts.unknown)} it is not known`}
          </p>
        )}
      </div>
      <MultiSelect
        label="Who gets them"
        description="They take turns by their weight in the team."
        placeholder={repIds.length === 0 ? 'Choose members' : undefined}
        searchable
        clearable
        data={[
          ...team.members.map((it) => ({ value: it.userId, label: it.active && it.userActive ? it.name : `${it.name} (takes no leads)` })),
          ...gone.map((id) => ({ value: id, label: 'Somebody who left the team' })),
        ]}
        value={repIds}
        onChange={setRepIds}
      />
    </DialogForm>
  )
}
