import { type LeadReturn, type ReturnedBy, returnWords } from '@baton/engine'
import { NumberInput, Select } from '../../ui/fields.tsx'
import { SentenceText } from '../contacts/sentence.tsx'

const HEADS: Readonly<Record<ReturnedBy, string>> = { rejected: 'Rejected', lost: 'Deal lost', noResponse: 'Not answered' }
const SCORES = [
  { value: 'keep', label: 'keeps its score' },
  { value: 'cap', label: 'keeps at most …' },
  { value: 'reset', label: 'begins at 0' },
]

type Props = { by: ReturnedBy; value: LeadReturn; readOnly: boolean; onChange: (value: LeadReturn) => void }

/** What happens to a lead that comes back in one way: how long it rests, and its score. */
export function ReturnRow({ by, value, readOnly, onChange }: Props) {
  const { coolOffDays, scores } = value
  const capped = typeof scores === 'object'
  return (
    <fieldset className="agreement-return">
      <legend className="unseen">{HEADS[by]}</legend>
      <strong aria-hidden="true">{HEADS[by]}</strong>
      <NumberInput
        aria-label={`${HEADS[by]}: days of rest`}
        value={coolOffDays}
        min={0}
        max={3650}
        allowDecimal={false}
        suffix={coolOffDays === 1 ? ' day of rest' : ' days of rest'}
        disabled={readOnly}
        onChange={(days) => onChange({ ...value, coolOffDays: typeof days === 'number' ? days : 0 })}
      />
      <Select
        aria-label={`${HEADS[by]}: what becomes of the score`}
        data={SCORES}
        value={capped ? 'cap' : scores}
        allowDeselect={false}
        disabled={readOnly}
        onChange={(how) => onChange({ ...value, scores: how === 'cap' ? { cap: 2000 } : how === 'reset' ? 'reset' : 'keep' })}
      />
      {capped ? (
        <NumberInput
          aria-label={`${HEADS[by]}: the most that is left of each score`}
          value={scores.cap / 100}
          min={0}
          max={100_000}
          suffix=" points"
          disabled={readOnly}
          onChange={(cap) => onChange({ ...value, scores: { cap: Math.round((typeof cap === 'number' ? cap : 0) * 100) } })}
        />
      ) : (
        <span />
      )}
      <p className="small muted">
        <SentenceText sentence={returnWords(by, value)} />.
      </p>
    </fieldset>
  )
}
