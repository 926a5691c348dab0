import type { ConfigOf } from '@baton/engine'
import { IconPlus, IconX } from '@tabler/icons-react'
import { Button, IconButton } from '../../ui/button.tsx'
import { Select, TextInput } from '../../ui/fields.tsx'
import type { FormProps } from '../screen.ts'

type Config = ConfigOf<'webhook'>
type Saved = Config['save'][number]

const TYPES: readonly { value: Saved['type']; label: string }[] = [
  { value: 'text', label: 'text' },
  { value: 'number', label: 'number' },
  { value: 'yes-no', label: 'yes or no' },
]

/** What of the answer later steps may use. */
export function Save({ config, readOnly, issues, onChange }: FormProps<Config>) {
  const { save } = config
  const set = (next: Saved[]) => onChange({ ...config, save: next })
  const change = (at: number, part: Partial<Saved>) => set(save.map((it, place) => (place === at ? { ...it, ...part } : it)))
  return (
    <div className="field">
      <span className="label">Keep from the answer</span>
      {save.map(({ path, as, type }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is what is edited
        <div key={at} className="way-row">
          <TextInput
            aria-label="Where it stands in the answer"
            placeholder="order.total"
            maxLength={200}
            disabled={readOnly}
            value={path}
            onChange={(event) => change(at, { path: event.currentTarget.value })}
            error={issues.some((it) => it.path === `save.${at}.path`)}
          />
          <TextInput
            aria-label="Kept as"
            placeholder="order_total"
            maxLength={40}
            disabled={readOnly}
            value={as}
            onChange={(event) => change(at, { as: event.currentTarget.value })}
            error={issues.some((it) => it.path === `save.${at}.as`)}
          />
          <Select
            aria-label="Read as"
            allowDeselect={false}
            disabled={readOnly}
            data={[...TYPES]}
            value={type}
            onChange={(to) => change(at, { type: TYPES.find((it) => it.value === to)?.value ?? 'text' })}
          />
          {!readOnly && (
            <IconButton
              size="small"
              label={`Do not keep ${as}`}
              icon={<IconX size={14} stroke={1.75} />}
              onClick={() => set(save.filter((_, place) => place !== at))}
            />
          )}
        </div>
      ))}
      {issues
        .filter((it) => it.path?.startsWith('save.'))
        .map((it) => (
          <p key={`${it.path}${it.say}`} className="wrong">
            {it.say}
          </p>
        ))}
      {!readOnly && (
        <div>
          <Button
            size="small"
            look="quiet"
            icon={<IconPlus size={14} stroke={1.75} />}
            onClick={() => set([...save, { path: '', as: '', type: 'text' }])}
          >
            Value
          </Button>
        </div>
      )}
      <p className="hint">Where it stands in the JSON, and the name later steps know it by: conditions, fields, texts.</p>
    </div>
  )
}
