import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { Button, IconButton } from '../../ui/button.tsx'

type Row = { id: number; key: string; value: string }

/** `12` is a number, `yes` and `no` are answers, everything else is a text. */
function readValue(text: string): string | number | boolean {
  const plain = text.trim()
  if (plain === 'yes' || plain === 'no') return plain === 'yes'
  return plain !== '' && Number.isFinite(Number(plain)) ? Number(plain) : plain
}

const textOf = (value: unknown): string => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)
}

type Props = { label: string; props: Readonly<Record<string, unknown>>; onChange: (props: Record<string, unknown>) => void }

/** Names and values of something that happens. */
export function PropsInput({ label, props, onChange }: Props) {
  const [rows, setRows] = useState<readonly Row[]>(() =>
    Object.entries(props).map(([key, value], id) => ({ id, key, value: textOf(value) })),
  )
  const take = (next: readonly Row[]) => {
    setRows(next)
    onChange(Object.fromEntries(next.flatMap(({ key, value }) => (key.trim() === '' ? [] : [[key.trim(), readValue(value)]]))))
  }
  const change = (id: number, part: Partial<Row>) => take(rows.map((it) => (it.id === id ? { ...it, ...part } : it)))
  return (
    <fieldset className="props-input">
      <legend className="small muted">{label}</legend>
      {rows.map(({ id, key, value }) => (
        <div key={id} className="row">
          <input
            className="field-input"
            aria-label="Name"
            placeholder="name"
            value={key}
            onChange={(event) => change(id, { key: event.currentTarget.value })}
          />
          <input
            className="field-input"
            aria-label={`Value of ${key === '' ? 'it' : key}`}
            placeholder="value"
            value={value}
            onChange={(event) => change(id, { value: event.currentTarget.value })}
          />
          <IconButton
            size="small"
            label={`Take ${key === '' ? 'it' : key} away`}
            icon={<IconX size={14} stroke={1.75} />}
            onClick={() => take(rows.filter((it) => it.id !== id))}
          />
        </div>
      ))}
      <Button
        size="small"
        look="quiet"
        icon={<IconPlus size={14} stroke={1.75} />}
        onClick={() => setRows([...rows, { id: (rows.at(-1)?.id ?? 0) + 1, key: '', value: '' }])}
      >
        Add a value
      </Button>
    </fieldset>
  )
}
