import { IconPlus, IconX } from '@tabler/icons-react'
import { Button, IconButton } from '../../ui/button.tsx'
import type { Typed } from './values.ts'

/** What is known of a record, line by line: a name and a value. */
export function ValuesForm({ lines, onChange }: { lines: readonly Typed[]; onChange: (lines: Typed[]) => void }) {
  const set = (at: number, change: Partial<Typed>) => onChange(lines.map((line, i) => (i === at ? { ...line, ...change } : line)))
  return (
    <div className="field">
      <span className="label">What else is known</span>
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are positions while they are typed
        <div className="value-line" key={at}>
          <input
            className="field-input"
            aria-label={`Name of value ${at + 1}`}
            placeholder="employees"
            value={line.name}
            onChange={(event) => set(at, { name: event.currentTarget.value })}
          />
          <input
            className="field-input"
            aria-label={`Value ${at + 1}`}
            placeholder={line.name === '' ? '50' : undefined}
            value={line.text}
            onChange={(event) => set(at, { text: event.currentTarget.value })}
          />
          <IconButton
            label={`Remove ${line.name || `value ${at + 1}`}`}
            icon={<IconX size={14} stroke={1.75} />}
            onClick={() => onChange(lines.filter((_, i) => i !== at))}
          />
        </div>
      ))}
      <div>
        <Button
          size="small"
          look="quiet"
          icon={<IconPlus size={14} stroke={1.75} />}
          onClick={() => onChange([...lines, { name: '', text: '' }])}
        >
          Add a value
        </Button>
      </div>
      <p className="hint">Conditions and messages can use them. Numbers, true and false count as such.</p>
    </div>
  )
}
