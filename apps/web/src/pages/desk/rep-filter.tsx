import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../../shell/api.ts'
import { Select } from '../../ui/fields.tsx'

/** For managers: everybody's leads, or those of one. */
export function RepFilter({ rep }: { rep: string | undefined }) {
  const navigate = useNavigate()
  const teams = useQuery(api.workspace.teams.queryOptions()).data ?? []
  const reps = new Map(teams.flatMap((team) => team.members.map((member) => [member.userId, member.name])))
  return (
    <div className="inbox-filter">
      <Select
        aria-label="Whose leads"
        data={[{ value: '', label: 'Everybody’s' }, ...[...reps].map(([value, label]) => ({ value, label }))]}
        value={rep ?? ''}
        allowDeselect={false}
        searchable={reps.size > 8}
        onChange={(value) => void navigate({ to: '/desk', search: value === null || value === '' ? {} : { rep: value } })}
      />
    </div>
  )
}
