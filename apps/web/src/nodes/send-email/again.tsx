import type { ConfigOf } from '@baton/engine'
import { NumberInput, Select } from '../../ui/fields.tsx'
import { type FormProps, wrongAt } from '../screen.ts'

type Config = ConfigOf<'send-email'>

const fresh: Readonly<Record<Config['again']['when'], Config['again']>> = {
  always: { when: 'always' },
  never: { when: 'never' },
  after: { when: 'after', days: 30 },
}

const choices: readonly { value: Config['again']['when']; label: string }[] = [
  { value: 'always', label: 'get it again' },
  { value: 'never', label: 'never get it again' },
  { value: 'after', label: 'get it again after some days' },
]

/** Whether people who had this mail, from whatever flow, get it once more. */
export function Again({ config, readOnly, issues, onChange }: FormProps<Config>) {
  const { again } = config
  return (
    <>
      <Select
        label="People who had this mail already"
        allowDeselect={false}
        disabled={readOnly}
        data={[...choices]}
        value={again.when}
        onChange={(to) => {
          const next = choices.find((it) => it.value === to)
          if (next && next.value !== again.when) onChange({ ...config, again: fresh[next.value] })
        }}
        description="From any flow. Mail that was taken back does not count."
      />
      {again.when === 'after' && (
        <NumberInput
          label="Days since they had it last"
          min={1}
          allowDecimal={false}
          disabled={readOnly}
          value={again.days ?? ''}
          onChange={(days) => onChange({ ...config, again: { when: 'after', days: typeof days === 'number' ? days : null } })}
          error={wrongAt(issues, 'again.days')}
        />
      )}
    </>
  )
}
