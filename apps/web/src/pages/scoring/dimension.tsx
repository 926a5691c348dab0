import type { Catalog, ScoreIssue, ScoreRule } from '@baton/engine'
import { IconPlus } from '@tabler/icons-react'
import { Button } from '../../ui/button.tsx'
import { NumberInput, TextInput } from '../../ui/fields.tsx'
import { DecayCurve } from './decay-curve.tsx'
import { countsWords, type Dimension, freshRule } from './model.ts'
import { RuleLine } from './rule-line.tsx'

const LONGEST = 730
const whole = (value: string | number): number | null => (typeof value === 'number' ? value : null)
const inRange = (days: number | null) => (days === null || days < 1 ? null : Math.min(days, LONGEST))

type Props = {
  dimension: Dimension
  /** Of this score, and all: an id is given once. */
  rules: readonly ScoreRule[]
  all: readonly ScoreRule[]
  catalog: Catalog
  issues: ReadonlyMap<string, readonly ScoreIssue[]>
  readOnly: boolean
  onDimension: (part: Partial<Dimension>) => void
  onRule: (rule: ScoreRule) => void
  onAdd: (rule: ScoreRule) => void
  onRemove: (rule: ScoreRule) => void
}

/** A score: how its points count, and the rules that give them. */
export function DimensionPart({ dimension, rules, all, catalog, issues, readOnly, onDimension, onRule, onAdd, onRemove }: Props) {
  const { name, halfLifeDays, expiryDays, cap } = dimension
  const shared = { disabled: readOnly, min: 1, hideControls: true, allowDecimal: false }
  return (
    <section className="score-part" aria-label={name === '' ? 'New score' : name}>
      <header>
        <TextInput
          aria-label="Name of the score"
          className="score-title"
          placeholder="Name of the score"
          value={name}
          disabled={readOnly}
          maxLength={60}
          error={name.trim() === ''}
          onChange={(event) => onDimension({ name: event.currentTarget.value })}
        />
        <span className="small muted">{countsWords(dimension)}</span>
      </header>
      {rules.length === 0 ? (
        <p className="muted small score-none">No rule gives points to this score yet. Steps of flows may.</p>
      ) : (
        <ul className="score-rules">
          {rules.map((rule) => (
            <RuleLine
              key={rule.id}
              rule={rule}
              catalog={catalog}
              issues={issues.get(rule.id) ?? []}
              readOnly={readOnly}
              onChange={onRule}
              onRemove={() => onRemove(rule)}
            />
          ))}
        </ul>
      )}
      {!readOnly && (
        <div className="row">
          <Button
            size="small"
            look="quiet"
            icon={<IconPlus size={14} stroke={1.75} />}
            onClick={() => onAdd(freshRule('attribute', dimension.id, all))}
          >
            Points for who they are
          </Button>
          <Button
            size="small"
            look="quiet"
            icon={<IconPlus size={14} stroke={1.75} />}
            onClick={() => onAdd(freshRule('behaviour', dimension.id, all))}
          >
            Points for what they do
          </Button>
        </div>
      )}
      <details className="score-age">
        <summary>How points fade, and the most that counts</summary>
        <div className="score-model">
          <div className="numbers">
            <NumberInput
              {...shared}
              label="Half after"
              suffix=" days"
              placeholder="never"
              max={LONGEST}
              value={halfLifeDays ?? ''}
              onChange={(it) => onDimension({ halfLifeDays: whole(it) })}
            />
            <NumberInput
              {...shared}
              label="Nothing after"
              suffix=" days"
              placeholder="never"
              max={LONGEST}
              value={expiryDays ?? ''}
              onChange={(it) => onDimension({ expiryDays: whole(it) })}
            />
            <NumberInput
              {...shared}
              label="The most that counts"
              suffix=" points"
              placeholder="no limit"
              max={1_000_000}
              value={cap === null ? '' : cap / 100}
              onChange={(it) => onDimension({ cap: whole(it) === null ? null : Math.round(Number(it) * 100) })}
            />
          </div>
          <DecayCurve halfLifeDays={inRange(halfLifeDays)} expiryDays={inRange(expiryDays)} />
        </div>
        <p className="small muted prose">
          Points for what they do fade. Points for who they are stay whole for as long as that is so, and go when it is so no longer. The
          most that counts is a limit for what is given; what is taken comes off below it.
        </p>
      </details>
    </section>
  )
}
