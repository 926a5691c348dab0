import type { ConfigOf } from '@baton/engine'
import { Checkbox, Select, Textarea } from '../../ui/fields.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { PlaceholderMenu } from '../placeholder-menu.tsx'
import { type FormProps, wrongAt } from '../screen.ts'

type Config = ConfigOf<'notify'>

const fresh: Record<Config['to']['kind'], Config['to']> = {
  owner: { kind: 'owner', otherwise: null },
  user: { kind: 'user', id: null },
  team: { kind: 'team', id: null },
}

export function Form({ config, catalog, readOnly, issues, onChange }: FormProps<Config>) {
  const { to } = config
  const set = (next: Config['to']) => onChange({ ...config, to: next })
  const teams = catalog.teams.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <div className="stack">
      <Segmented
        label="Who is told"
        size="small"
        value={to.kind}
        onChange={(kind) => kind !== to.kind && set(fresh[kind])}
        options={[
          { value: 'owner', label: 'Their owner', disabled: readOnly },
          { value: 'user', label: 'One person', disabled: readOnly },
          { value: 'team', label: 'A team', disabled: readOnly },
        ]}
      />
      {to.kind === 'owner' && (
        <Select
          label="Where nobody of sales has them"
          placeholder="Nobody is told"
          clearable
          disabled={readOnly}
          data={teams.map((it) => ({ ...it, label: `everybody in ${it.label}` }))}
          value={to.otherwise}
          onChange={(otherwise) => set({ kind: 'owner', otherwise })}
          error={issues.find((it) => it.code === 'missing-team')?.say}
        />
      )}
      {to.kind === 'user' && (
        <Select
          label="Person"
          placeholder="Choose who"
          searchable
          nothingFoundMessage="Nobody here is called so."
          disabled={readOnly}
          data={catalog.users.map(({ id, name }) => ({ value: id, label: name }))}
          value={catalog.users.some((it) => it.id === to.id) ? to.id : null}
          onChange={(id) => set({ kind: 'user', id })}
          error={wrongAt(issues, 'to.id') ?? issues.find((it) => it.code === 'missing-user')?.say}
        />
      )}
      {to.kind === 'team' && (
        <Select
          label="Team"
          description="Everybody in it is told."
          placeholder="Choose a team"
          disabled={readOnly}
          data={teams}
          value={teams.some((it) => it.value === to.id) ? to.id : null}
          onChange={(id) => set({ kind: 'team', id })}
          error={wrongAt(issues, 'to.id') ?? issues.find((it) => it.code === 'missing-team')?.say}
        />
      )}
      <div className="field">
        <span className="label">How</span>
        <Checkbox
          label="Here in Baton"
          disabled={readOnly}
          checked={config.inApp}
          onChange={(event) => onChange({ ...config, inApp: event.currentTarget.checked })}
        />
        <Checkbox
          label="By e-mail"
          disabled={readOnly}
          checked={config.email}
          onChange={(event) => onChange({ ...config, email: event.currentTarget.checked })}
        />
        {wrongAt(issues, 'inApp') && <p className="wrong">{wrongAt(issues, 'inApp')}</p>}
      </div>
      <div className="field">
        <Textarea
          label="What they read"
          description="A link to the person is added."
          autosize
          minRows={2}
          maxRows={8}
          maxLength={500}
          disabled={readOnly}
          value={config.text}
          onChange={(event) => onChange({ ...config, text: event.currentTarget.value })}
          error={wrongAt(issues, 'text')}
        />
        {!readOnly && (
          <PlaceholderMenu
            catalog={catalog}
            onPick={(it) => onChange({ ...config, text: `${config.text.trimEnd()} ${it} `.slice(0, 500) })}
          />
        )}
      </div>
    </div>
  )
}
