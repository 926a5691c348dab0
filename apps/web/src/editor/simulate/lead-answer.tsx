import type { Happening, WalkChoice } from '@baton/engine'
import { useState } from 'react'
import type { Inputs } from '../../shell/api.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/fields.tsx'

type Reason = Inputs['desk']['reject']['reason']

/** As on the desk. */
const REASONS: readonly Reason[] = [
  'No budget this year',
  'No need',
  'Not the right person',
  'Too small for us',
  'Has a contract elsewhere',
  'Could not be reached',
  'Something else',
]

type Props = { choices: readonly Extract<WalkChoice, { kind: 'lead' }>[]; onHappen: (what: Happening) => void }

/** What sales says of the lead. */
export function LeadAnswer({ choices, onHappen }: Props) {
  const [why, setWhy] = useState<string>(REASONS[0] ?? '')
  const accepted = choices.find((it) => it.answer === 'accepted')
  const rejected = choices.find((it) => it.answer === 'rejected')
  const overflow = choices.find((it) => it.answer === 'overflow')
  return (
    <div className="stack">
      <div className="row wrap">
        {accepted && (
          <Button size="small" onClick={() => onHappen(accepted.what)}>
            Accepts
          </Button>
        )}
        {overflow && (
          <Button size="small" onClick={() => onHappen(overflow.what)}>
            Nobody can take it
          </Button>
        )}
      </div>
      {rejected && (
        <div className="row">
          <Button size="small" onClick={() => rejected.what.do === 'sales' && onHappen({ ...rejected.what, why })}>
            Rejects
          </Button>
          <Select
            size="xs"
            aria-label="Why sales rejects"
            allowDeselect={false}
            data={[...REASONS]}
            value={why}
            onChange={(next) => next !== null && setWhy(next)}
          />
        </div>
      )}
    </div>
  )
}
