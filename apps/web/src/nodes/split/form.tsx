import type { ConfigOf } from '@baton/engine'
import { IconPlus, IconX } from '@tabler/icons-react'
import { Button, IconButton } from '../../ui/button.tsx'
import { NumberInput, Switch, TextInput } from '../../ui/fields.tsx'
import { type FormProps, wrongAt } from '../screen.ts'
import { ExperimentForm } from './experiment-form.tsx'

type Config = ConfigOf<'split'>
type Way = Config['ways'][number]

/** A way's id stays when it is renamed or given another share, so it is never one that was used before. */
function freshId(ways: readonly Way[]): string {
  const used = ways.map(({ id }) => Number(/^way-(\d+)$/.exec(id)?.[1] ?? 0))
  return `way-${Math.max(0, ...used) + 1}`
}

/** Equal shares that make 100; the last takes the rest. */
const even = (ways: readonly Way[]): Way[] => {
  const share = Math.floor(10_000 / ways.length) / 100
  const last = Math.round((100 - share * (ways.length - 1)) * 100) / 100
  return ways.map((it, at) => ({ ...it, weight: at === ways.length - 1 ? last : share }))
}

export function Form(props: FormProps<Config>) {
  const { config, readOnly, issues, onChange } = props
  const { ways, goal } = config
  const set = (next: Way[]) => onChange({ ...config, ways: next })
  const change = (at: number, part: Partial<Way>) => set(ways.map((it, place) => (place === at ? { ...it, ...part } : it)))
  const sum = Math.round(ways.reduce((total, it) => total + (it.weight ?? 0), 0) * 100) / 100
  const uneven = ways.some((it, at) => it.weight !== even(ways)[at]?.weight)
  return (
    <div className="stack">
      <div className="field">
        <span className="label">Ways and their shares</span>
        {ways.map(({ id, name, weight, holdOut }, at) => (
          <div key={id} className="way-row">
            <TextInput
              aria-label={`Name of way ${at + 1}`}
              placeholder={`Way ${String.fromCharCode(65 + at)}`}
              maxLength={80}
              disabled={readOnly}
              value={name}
              onChange={(event) => change(at, { name: event.currentTarget.value })}
            />
            <div className="share">
              <NumberInput
                aria-label={`Share of ${name || `way ${at + 1}`} in per cent`}
                min={0}
                max={100}
                decimalScale={2}
                suffix="%"
                hideControls
                disabled={readOnly}
                value={weight ?? ''}
                onChange={(it) => change(at, { weight: typeof it === 'number' ? it : null })}
                error={wrongAt(issues, `ways.${at}.weight`) !== undefined}
              />
            </div>
            {!readOnly && (
              <IconButton
                size="small"
                label={`Remove ${name || `way ${at + 1}`}${holdOut ? ', the hold-out' : ''}`}
                icon={<IconX size={14} stroke={1.75} />}
                disabled={ways.length <= 2}
                onClick={() => set(ways.filter((_, place) => place !== at))}
              />
            )}
          </div>
        ))}
        <p className={sum === 100 ? 'hint' : 'wrong'}>
          {sum === 100 ? 'Together 100%.' : (wrongAt(issues, 'ways') ?? `Together ${sum}%. They must make 100%.`)}
        </p>
        {!readOnly && (
          <div className="row">
            <Button
              size="small"
              look="quiet"
              icon={<IconPlus size={14} stroke={1.75} />}
              disabled={ways.length >= 20}
              onClick={() =>
                set([...ways, { id: freshId(ways), name: '', weight: Math.max(0, Math.round((100 - sum) * 100) / 100), holdOut: false }])
              }
            >
              Way
            </Button>
            {uneven && (
              <Button size="small" look="quiet" onClick={() => set(even(ways))}>
                Equal shares
              </Button>
            )}
          </div>
        )}
      </div>
      <Switch
        label="An experiment"
        description="Compares what became of the people on each way."
        disabled={readOnly}
        checked={goal !== null}
        onChange={(event) =>
          onChange(
            event.currentTarget.checked
              ? { ...config, goal: { type: null, where: [], days: 14 } }
              : { ...config, goal: null, ways: ways.map((it) => ({ ...it, holdOut: false })) },
          )
        }
      />
      {goal && <ExperimentForm {...props} goal={goal} />}
      <p className="small muted">Who has gone one way goes it again, also after the shares change. New shares hold for newcomers.</p>
    </div>
  )
}
