import type { ConfigOf } from '@baton/engine'
import { NumberInput, Radio, Select, Switch } from '../../ui/fields.tsx'
import { type FormProps, wrongAt } from '../screen.ts'
import { WorkingTime } from './working-time.tsx'

type Props = FormProps<ConfigOf<'hand-to-sales'>>

const EVERYBODY = ''

/** Everybody, or whoever meets an agreement. */
export function WhoQualifies({ config, catalog, readOnly, issues, onChange }: Props) {
  const chosen = catalog.agreements.find((it) => it.id === config.agreementId)
  return (
    <Select
      aria-label="Who qualifies"
      allowDeselect={false}
      disabled={readOnly}
      data={[
        { value: EVERYBODY, label: 'Everybody who gets here' },
        ...catalog.agreements.map(({ id, name, version, signed }) => ({
          value: id,
          label: `Whoever meets ${name}, version ${version}${signed ? '' : ', not signed'}`,
        })),
      ]}
      value={chosen?.id ?? (config.agreementId === null ? EVERYBODY : null)}
      onChange={(id) => onChange({ ...config, agreementId: id === EVERYBODY ? null : id })}
      error={wrongAt(issues, 'agreementId') ?? issues.find((it) => it.code === 'missing-agreement')?.say}
      description={
        config.agreementId === null
          ? 'Sales gets whomever you lead here. An agreement says whom it wants.'
          : 'Who does not meet it goes on by Not qualified. Who comes back rests as the agreement says.'
      }
    />
  )
}

/** The team, and how long somebody may wait for it. */
export function WhoGetsIt({ config, catalog, readOnly, issues, onChange }: Props) {
  const team = catalog.teams.find((it) => it.id === config.teamId)
  return (
    <>
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
        description="First the owner of a deal or the company, then the territory, then whoever had the fewest lately."
      />
      <Switch
        label="Give up when nobody has room"
        description={config.queueMinutes === null ? 'They wait until somebody has room.' : undefined}
        disabled={readOnly}
        checked={config.queueMinutes !== null}
        onChange={(event) => onChange({ ...config, queueMinutes: event.currentTarget.checked ? 960 : null })}
      />
      {config.queueMinutes !== null && (
        <WorkingTime
          label="After"
          description="Then they go on by Overflow."
          minutes={config.queueMinutes}
          readOnly={readOnly}
          error={wrongAt(issues, 'queueMinutes')}
          onChange={(queueMinutes) => onChange({ ...config, queueMinutes: queueMinutes ?? 0 })}
        />
      )}
    </>
  )
}

/** At the first answer, or at the end of it all. */
export function LeavesAt({ config, readOnly, onChange }: Props) {
  return (
    <Radio.Group
      aria-label="When they go on"
      value={config.leaveAt}
      onChange={(to) => onChange({ ...config, leaveAt: to === 'final-outcome' ? 'final-outcome' : 'first-answer' })}
    >
      <Radio
        value="first-answer"
        disabled={readOnly}
        label="At the first answer"
        description="Accepted or rejected. A deal won or lost later can begin another flow."
      />
      <Radio
        value="final-outcome"
        disabled={readOnly}
        label="At the final outcome"
        description="Won, lost or rejected: they stay here until then."
      />
    </Radio.Group>
  )
}

/** A whole number of something. */
export const Count = ({
  label,
  description,
  value,
  max,
  readOnly,
  error,
  onChange,
}: {
  label: string
  description?: string | undefined
  value: number | null
  max: number
  readOnly: boolean
  error: string | undefined
  onChange: (value: number | null) => void
}) => (
  <NumberInput
    label={label}
    description={description}
    min={0}
    max={max}
    allowDecimal={false}
    disabled={readOnly}
    value={value ?? ''}
    onChange={(it) => onChange(typeof it === 'number' ? it : null)}
    error={error}
  />
)
