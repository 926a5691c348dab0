import type { ConfigOf } from '@baton/engine'
import { MultiSelect, Select, Textarea, TextInput } from '../../ui/fields.tsx'
import { type FormProps, wrongAt } from '../screen.ts'

type Config = ConfigOf<'hand-to-sales'>

export function Form({ config, catalog, readOnly, issues, onChange }: FormProps<Config>) {
  const team = catalog.teams.find((it) => it.id === config.teamId)
  return (
    <div className="stack">
      <Select
        label="Team"
        placeholder="Choose a team"
        disabled={readOnly}
        data={catalog.teams.map(({ id, name, members }) => ({
          value: id,
          label: `${name}, ${members === 1 ? '1 person' : `${members} people`}`,
        }))}
        value={team ? config.teamId : null}
        onChange={(teamId) => onChange({ ...config, teamId })}
        error={wrongAt(issues, 'teamId') ?? issues.find((it) => it.code === 'missing-team')?.say}
        description="Who had the fewest lately comes next."
      />
      <TextInput
        label="Why now"
        description="The first thing the rep reads."
        maxLength={300}
        disabled={readOnly}
        value={config.why}
        onChange={(event) => onChange({ ...config, why: event.currentTarget.value })}
        error={wrongAt(issues, 'why')}
      />
      <MultiSelect
        label="Fields that travel along"
        placeholder={config.fields.length === 0 ? 'Choose fields' : ''}
        searchable
        disabled={readOnly}
        data={catalog.fields.map(({ key, label }) => ({ value: key, label }))}
        value={config.fields}
        onChange={(fields) => onChange({ ...config, fields })}
      />
      <Textarea
        label="Note for the rep"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2000}
        disabled={readOnly}
        value={config.note}
        onChange={(event) => onChange({ ...config, note: event.currentTarget.value })}
      />
    </div>
  )
}
