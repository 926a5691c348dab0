import type { ConfigOf, PropertyRule } from '@baton/engine'
import { IconPlus } from '@tabler/icons-react'
import { WhereTokens } from '../../condition/where-tokens.tsx'
import { Button } from '../../ui/button.tsx'
import { TagsInput } from '../../ui/fields.tsx'
import { TextField } from '../../ui/form-field.tsx'
import type { FormProps } from '../screen.ts'

export type Config = ConfigOf<'trigger'>
export type On = Config['on']
export type Way = On['kind']
export type OnOf<K extends Way> = Extract<On, { kind: K }>

/** A form of one way in: what it holds, and how to change a part of it. */
export type PartProps<K extends Way> = Omit<FormProps<Config>, 'config' | 'onChange'> & {
  on: OnOf<K>
  set: (part: Partial<OnOf<K>>) => void
}

type WhereProps = Pick<FormProps<Config>, 'readOnly' | 'issues'> & {
  where: readonly PropertyRule[]
  onChange: (where: PropertyRule[]) => void
}

/** Comparisons of properties, all of which must hold. */
export function OnlyIf({ where, readOnly, issues, onChange }: WhereProps) {
  return (
    <div className="field">
      <span className="label">Only if</span>
      <div className="cond">
        {where.map((rule, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what the tokens edit
          <div key={at}>
            <WhereTokens
              rule={rule}
              readOnly={readOnly}
              onChange={(next) => onChange(where.map((it, place) => (place === at ? next : it)))}
              onRemove={() => onChange(where.filter((_, place) => place !== at))}
            />
          </div>
        ))}
        {!readOnly && (
          <Button
            size="small"
            look="quiet"
            icon={<IconPlus size={14} stroke={1.75} />}
            onClick={() => onChange([...where, { key: 'url', op: 'contains' }])}
          >
            Property
          </Button>
        )}
      </div>
      {issues
        .filter((it) => it.path?.startsWith('on.where.'))
        .map((it) => (
          <p key={it.path} className="wrong">
            {it.say}
          </p>
        ))}
    </div>
  )
}

/** Names of properties that the passage carries. */
export const Keep = ({ keep, readOnly, onChange }: { keep: readonly string[]; readOnly: boolean; onChange: (keep: string[]) => void }) => (
  <TagsInput
    label="Keep for later steps"
    description="Properties whose values go along: for messages, conditions and webhooks."
    placeholder={keep.length === 0 ? 'order_id' : ''}
    maxTags={20}
    disabled={readOnly}
    value={[...keep]}
    onChange={(names) => onChange(names.map((it) => it.trim().slice(0, 100)).filter((it) => it !== ''))}
  />
)

type ClockProps = { value: string; readOnly: boolean; hint?: string | undefined; onChange: (time: string) => void }

/** A time of day. An empty one is not taken. */
export const Clock = ({ value, readOnly, hint, onChange }: ClockProps) => (
  <TextField
    label="Time of day"
    hint={hint}
    type="time"
    disabled={readOnly}
    value={value}
    onChange={(event) => event.currentTarget.value !== '' && onChange(event.currentTarget.value.slice(0, 5))}
  />
)
