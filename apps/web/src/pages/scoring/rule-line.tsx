import { type Catalog, conditionReferences, type PropertyRule, type ScoreIssue, type ScoreRule } from '@baton/engine'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { ConditionBuilder } from '../../condition/index.tsx'
import { Pick } from '../../condition/pick.tsx'
import { WhereTokens } from '../../condition/where-tokens.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { NumberInput, TextInput } from '../../ui/fields.tsx'

type Props = {
  rule: ScoreRule
  catalog: Catalog
  issues: readonly ScoreIssue[]
  readOnly: boolean
  onChange: (rule: ScoreRule) => void
  onRemove: () => void
}

/** Stands in a token already ("choose …"), so that a sentence more would only repeat it. */
const told = new Set(['event'])

/** A field that a rule asks for and that was removed: its token only says to choose one, as where none was chosen yet. */
const asksForGone = (rule: ScoreRule, { fields }: Catalog): boolean =>
  rule.kind === 'attribute' &&
  conditionReferences(rule.when).some((it) => it.kind === 'field' && it.id !== '' && !fields.some(({ key }) => key === it.id))

/** One rule: its points at the left, when they are given as a sentence at the right. */
export function RuleLine({ rule, catalog, issues, readOnly, onChange, onRemove }: Props) {
  const gone = asksForGone(rule, catalog)
  const shown = issues.filter((it) => !told.has(it.code) && (it.path === '' || (gone && it.code === 'condition')))
  return (
    <li className={rule.points < 0 ? 'score-rule less' : 'score-rule'}>
      <NumberInput
        aria-label="Points"
        className="score-points"
        hideControls
        disabled={readOnly}
        decimalScale={2}
        min={-100_000}
        max={100_000}
        prefix={rule.points > 0 ? '+' : ''}
        value={rule.points / 100}
        onChange={(value) => typeof value === 'number' && onChange({ ...rule, points: Math.round(value * 100) })}
      />
      <div className="score-says">
        {rule.kind === 'attribute' ? (
          <ConditionBuilder
            value={rule.when}
            catalog={catalog}
            place="segment"
            readOnly={readOnly}
            onChange={(when) => onChange({ ...rule, when })}
          />
        ) : (
          <Happening rule={rule} catalog={catalog} readOnly={readOnly} onChange={onChange} />
        )}
        {shown.map((it) => (
          <p
            key={`${it.code} ${it.path}`}
            className={it.severity === 'error' ? 'wrong' : 'small warn'}
            role={it.severity === 'error' ? 'alert' : 'note'}
          >
            {it.say}
          </p>
        ))}
      </div>
      <TextInput
        aria-label="Name of the rule"
        className="score-name"
        placeholder="Name (optional)"
        disabled={readOnly}
        maxLength={120}
        value={rule.name}
        onChange={(event) => onChange({ ...rule, name: event.currentTarget.value })}
      />
      {!readOnly && <IconButton label="Take the rule away" icon={<IconTrash size={14} stroke={1.75} />} onClick={onRemove} />}
    </li>
  )
}

type Behaviour = Extract<ScoreRule, { kind: 'behaviour' }>
type HappeningProps = { rule: Behaviour; catalog: Catalog; readOnly: boolean; onChange: (rule: ScoreRule) => void }

/** Names under which our own events and mail are known. */
const OURS: Readonly<Record<string, string>> = {
  'mail.opened': 'mail opened',
  'mail.clicked': 'link in a mail clicked',
  'mail.bounced': 'mail bounced',
  'mail.unsubscribed': 'unsubscribed',
  'form.submitted': 'form sent',
  'sales.accepted': 'accepted by sales',
  'sales.rejected': 'rejected by sales',
}

function Happening({ rule, catalog, readOnly, onChange }: HappeningProps) {
  const types = [...new Set([...Object.keys(OURS), ...catalog.eventTypes])]
  const label = rule.event === '' ? 'choose what happens' : (OURS[rule.event] ?? rule.event)
  const setWhere = (where: PropertyRule[]) => onChange({ ...rule, where })
  return (
    <div className="cond">
      <div>
        <span className="small muted">each time</span>{' '}
        <Pick
          label={`What happens: ${label}`}
          className={rule.event === '' ? 'tok missing' : 'tok'}
          choices={types.map((it) => ({ value: it, label: OURS[it] ?? it }))}
          chosen={rule.event}
          onPick={(event) => onChange({ ...rule, event })}
          free={(text) => (text.trim() === '' ? undefined : { value: text.trim().slice(0, 200), label: `event “${text.trim()}”` })}
          readOnly={readOnly}
        >
          {label}
        </Pick>
      </div>
      {rule.where.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is what the tokens edit
        <div key={at}>
          <span className="small muted">{at === 0 ? 'where' : 'and'}</span>{' '}
          <WhereTokens
            rule={one}
            readOnly={readOnly}
            onChange={(next) => setWhere(rule.where.map((it, place) => (place === at ? next : it)))}
            onRemove={() => setWhere(rule.where.filter((_, place) => place !== at))}
          />
        </div>
      ))}
      <div className="row score-limits">
        {rule.atMost && (
          <span className="row">
            <span className="small muted">at most</span>
            <NumberInput
              aria-label="Times at most"
              hideControls
              allowDecimal={false}
              min={1}
              max={1000}
              w={52}
              disabled={readOnly}
              value={rule.atMost.count}
              onChange={(value) =>
                typeof value === 'number' && rule.atMost && onChange({ ...rule, atMost: { ...rule.atMost, count: value } })
              }
            />
            <span className="small muted">in</span>
            <NumberInput
              aria-label="Days"
              hideControls
              allowDecimal={false}
              suffix={rule.atMost.days === 1 ? ' day' : ' days'}
              min={1}
              max={3650}
              w={76}
              disabled={readOnly}
              value={rule.atMost.days}
              onChange={(value) =>
                typeof value === 'number' && rule.atMost && onChange({ ...rule, atMost: { ...rule.atMost, days: value } })
              }
            />
          </span>
        )}
        {!readOnly && (
          <>
            <Button
              size="small"
              look="quiet"
              icon={<IconPlus size={14} stroke={1.75} />}
              onClick={() => setWhere([...rule.where, { key: 'url', op: 'contains' }])}
            >
              Property
            </Button>
            <Button size="small" look="quiet" onClick={() => onChange({ ...rule, atMost: rule.atMost ? null : { count: 3, days: 30 } })}>
              {rule.atMost ? 'Without a limit' : 'Limit how often'}
            </Button>
          </>
        )}
      </div>
    </div>
  )
}
