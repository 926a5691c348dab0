import type { ConfigOf } from '@baton/engine'
import { NumberInput, Select } from '../../ui/fields.tsx'
import { type FormProps, wrongAt } from '../screen.ts'

type Config = ConfigOf<'send-email'>
type IfNotSent = Config['ifNotSent']

const fresh: Readonly<Record<IfNotSent['do'], IfNotSent>> = {
  hold: { do: 'hold', amount: 2, unit: 'days', after: 'skip' },
  skip: { do: 'skip' },
  port: { do: 'port' },
}

const choices: readonly { value: IfNotSent['do']; label: string }[] = [
  { value: 'hold', label: 'wait here until they may' },
  { value: 'skip', label: 'go on without it, by the same way' },
  { value: 'port', label: 'take a way of their own' },
]

const onward = [
  { value: 'skip', label: 'go on without it, by the same way' },
  { value: 'port', label: 'take a way of their own' },
]

/** What becomes of people who may not get the mail at this moment. */
export function NotNow({ config, readOnly, issues, onChange }: FormProps<Config>) {
  const { ifNotSent } = config
  const set = (to: IfNotSent) => onChange({ ...config, ifNotSent: to })
  return (
    <>
      <Select
        label="People who may not get it now"
        allowDeselect={false}
        disabled={readOnly}
        data={[...choices]}
        value={ifNotSent.do}
        onChange={(to) => {
          const next = choices.find((it) => it.value === to)
          if (next && next.value !== ifNotSent.do) set(fresh[next.value])
        }}
      />
      {ifNotSent.do === 'hold' && (
        <div className="pair">
          <NumberInput
            label="At most"
            min={1}
            allowDecimal={false}
            disabled={readOnly}
            value={ifNotSent.amount ?? ''}
            onChange={(amount) => set({ ...ifNotSent, amount: typeof amount === 'number' ? amount : null })}
            error={wrongAt(issues, 'ifNotSent.amount')}
          />
          <Select
            label="Unit"
            allowDeselect={false}
            disabled={readOnly}
            data={['hours', 'days']}
            value={ifNotSent.unit}
            onChange={(unit) => set({ ...ifNotSent, unit: unit === 'hours' ? 'hours' : 'days' })}
          />
          <p className="small muted">They get it as soon as nothing stands in the way: when quiet hours end, or when they agree.</p>
        </div>
      )}
      {ifNotSent.do === 'hold' && (
        <Select
          label="If it is not sent by then, they"
          allowDeselect={false}
          disabled={readOnly}
          data={onward}
          value={ifNotSent.after}
          onChange={(to) => set({ ...ifNotSent, after: to === 'port' ? 'port' : 'skip' })}
        />
      )}
    </>
  )
}
