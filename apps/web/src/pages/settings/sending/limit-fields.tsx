import './sending.css'
import { NumberInput } from '../../../ui/fields.tsx'
import type { Rules } from './rules.ts'

export type Limits = Rules['breaker']
type Props = {
  limits: Limits
  wrong: Readonly<Record<string, string>>
  /** Before the names of inputs at fault: `breaker.`. */
  path: string
  readOnly: boolean
  onChange: (limits: Limits) => void
}

const shares = [
  { key: 'bounces', label: 'Bounced, above' },
  { key: 'complaints', label: 'Reported as spam, above' },
  { key: 'unsubscribes', label: 'Unsubscribed, above' },
] as const

/** What pauses a flow by itself. An empty field is no limit. */
export function LimitFields({ limits, wrong, path, readOnly, onChange }: Props) {
  const number = (value: string | number): number | null => (value === '' ? null : Number(value))
  return (
    <div className="limit-fields">
      <NumberInput
        label="Mails an hour, above"
        placeholder="no limit"
        min={1}
        allowDecimal={false}
        thousandSeparator=","
        disabled={readOnly}
        value={limits.mailsPerHour ?? ''}
        error={wrong[`${path}mailsPerHour`]}
        onChange={(value) => onChange({ ...limits, mailsPerHour: number(value) })}
      />
      {shares.map(({ key, label }) => (
        <NumberInput
          key={key}
          label={label}
          placeholder="no limit"
          suffix=" %"
          min={0}
          max={100}
          decimalScale={2}
          disabled={readOnly}
          value={limits[key] ?? ''}
          error={wrong[`${path}${key}`]}
          onChange={(value) => onChange({ ...limits, [key]: number(value) })}
        />
      ))}
      <NumberInput
        label="Shares count from"
        suffix=" mails"
        min={1}
        allowDecimal={false}
        thousandSeparator=","
        disabled={readOnly}
        value={limits.minimum}
        error={wrong[`${path}minimum`]}
        onChange={(value) => onChange({ ...limits, minimum: Number(value) })}
      />
    </div>
  )
}
