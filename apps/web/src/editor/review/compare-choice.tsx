import { useQuery } from '@tanstack/react-query'
import { api } from '../../shell/api.ts'
import { Button } from '../../ui/button.tsx'
import { compare, type Side, sideWords } from './compare.ts'

type Props = { flowId: string; from: Side; to: Side; usual: boolean }

/** Which two of all versions are seen beside each other. */
export function CompareChoice({ flowId, from, to, usual }: Props) {
  const versions = useQuery(api.flows.versions.queryOptions({ id: flowId }))
  const sides: Side[] = ['draft', ...(versions.data ?? []).map((it) => it.version)]
  if (sides.length < 2) return null
  const pick = (label: string, value: Side, onChange: (side: Side) => void) => (
    <select
      className="field-input"
      aria-label={label}
      value={String(value)}
      onChange={({ currentTarget }) => onChange(currentTarget.value === 'draft' ? 'draft' : Number(currentTarget.value))}
    >
      {[...new Set([...sides, value])].map((it) => (
        <option key={it} value={String(it)}>
          {sideWords(it)}
        </option>
      ))}
    </select>
  )
  return (
    <div className="sec compare-choice">
      <div className="row">
        {pick('Before', from, (side) => compare({ flowId, from: side, to }))}
        <span className="muted" aria-hidden="true">
          →
        </span>
        {pick('After', to, (side) => compare({ flowId, from, to: side }))}
      </div>
      {!usual && (
        <Button size="small" look="quiet" onClick={() => compare(null)}>
          Back to the draft against what is live
        </Button>
      )}
    </div>
  )
}
