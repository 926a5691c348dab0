import type { ConfigOf } from '@baton/engine'
import { IconPlus } from '@tabler/icons-react'
import { WhereTokens } from '../../condition/where-tokens.tsx'
import { Button } from '../../ui/button.tsx'
import { Autocomplete, NumberInput, Select } from '../../ui/fields.tsx'
import { type FormProps, wrongAt } from '../screen.ts'

type Config = ConfigOf<'split'>
type Goal = NonNullable<Config['goal']>

/** What counts as success, within how long, and who is left alone. */
export function ExperimentForm({ config, catalog, readOnly, issues, onChange, goal }: FormProps<Config> & { goal: Goal }) {
  const set = (next: Goal) => onChange({ ...config, goal: next })
  const held = config.ways.find((it) => it.holdOut)
  return (
    <>
      <Autocomplete
        label="Counts as success"
        placeholder="Trial started"
        disabled={readOnly}
        data={[...catalog.eventTypes]}
        value={goal.type ?? ''}
        onChange={(type) => set({ ...goal, type: type === '' ? null : type })}
        error={wrongAt(issues, 'goal.type') ?? wrongAt(issues, 'goal')}
      />
      <div className="field">
        <span className="label">Only if</span>
        <div className="cond">
          {goal.where.map((rule, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the place is what the tokens edit
            <div key={at}>
              <WhereTokens
                rule={rule}
                readOnly={readOnly}
                onChange={(next) => set({ ...goal, where: goal.where.map((it, place) => (place === at ? next : it)) })}
                onRemove={() => set({ ...goal, where: goal.where.filter((_, place) => place !== at) })}
              />
            </div>
          ))}
          {!readOnly && (
            <Button
              size="small"
              look="quiet"
              icon={<IconPlus size={14} stroke={1.75} />}
              onClick={() => set({ ...goal, where: [...goal.where, { key: 'amount', op: 'ge' }] })}
            >
              Property
            </Button>
          )}
        </div>
        {issues
          .filter((it) => it.path?.startsWith('goal.where.'))
          .map((it) => (
            <p key={it.path} className="wrong">
              {it.say}
            </p>
          ))}
      </div>
      <div className="pair">
        <NumberInput
          label="Within"
          min={1}
          max={365}
          suffix={goal.days === 1 ? ' day' : ' days'}
          allowDecimal={false}
          disabled={readOnly}
          value={goal.days ?? ''}
          onChange={(days) => set({ ...goal, days: typeof days === 'number' ? days : null })}
          error={wrongAt(issues, 'goal.days')}
        />
        <Select
          label="Hold-out"
          placeholder="None"
          clearable
          disabled={readOnly}
          data={config.ways.map(({ id, name }, at) => ({ value: id, label: name.trim() || `Way ${String.fromCharCode(65 + at)}` }))}
          value={held?.id ?? null}
          onChange={(id) => onChange({ ...config, ways: config.ways.map((it) => ({ ...it, holdOut: it.id === id })) })}
        />
        <p className="small muted">
          {held
            ? 'The others are compared with the hold-out: let nothing happen on its way.'
            : 'The others are compared with the first way.'}
        </p>
      </div>
    </>
  )
}
