import { Switch } from '../../../ui/fields.tsx'
import { TextField } from '../../../ui/form-field.tsx'
import type { Rules } from './rules.ts'

type Quiet = Rules['quiet']
type Props = { quiet: Quiet; wrong: Readonly<Record<string, string>>; readOnly: boolean; onChange: (quiet: Quiet) => void }

/** From when to when no marketing mail goes out. */
export function QuietHours({ quiet, wrong, readOnly, onChange }: Props) {
  return (
    <div className="stack">
      <Switch
        label="Keep quiet hours"
        disabled={readOnly}
        checked={quiet !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? { from: '21:00', to: '08:00' } : null)}
      />
      {quiet !== null && (
        <div className="row quiet-row">
          <TextField
            label="From"
            type="time"
            disabled={readOnly}
            value={quiet.from}
            onChange={(event) => onChange({ ...quiet, from: event.currentTarget.value })}
            error={wrong['quiet.from']}
          />
          <TextField
            label="To"
            type="time"
            disabled={readOnly}
            value={quiet.to}
            onChange={(event) => onChange({ ...quiet, to: event.currentTarget.value })}
            error={wrong['quiet.to']}
          />
        </div>
      )}
      {quiet !== null && quiet.from > quiet.to && <p className="small muted">Over midnight: until {quiet.to} of the next day.</p>}
    </div>
  )
}
