import { type Condition, isGroup, MAX_DEPTH, type Rule } from '@baton/engine'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useAround } from './context.ts'
import { append, change, type Path, remove, turnJoiner, turnNot } from './edit.ts'
import { Pick } from './pick.tsx'
import { RuleTokens } from './rule-tokens.tsx'
import { otherEvent, ruleAbout, subjectFrom } from './subjects.ts'

type Props = {
  /** The whole condition, and where in it this group stands. */
  whole: Condition
  path: Path
  group: Condition
  onChange: (whole: Condition, fresh?: string | null) => void
}

/** The rules of a group, one per line, the joiner in the left gutter; below them what can be added. */
export function GroupLines({ whole, path, group, onChange }: Props) {
  const { readOnly, issues, fresh } = useAround()
  const first = path.length === 0 ? 'If' : group.not === true ? 'not' : ''
  return (
    <div className={path.length === 0 ? 'cond-group' : 'cond-group in'}>
      {group.rules.map((part, at) => {
        const place = [...path, at]
        const key = place.join('.')
        const take = () => onChange(remove(whole, place))
        const label = at === 0 ? first : group.combinator
        return (
          <div key={key} className="cond-line">
            {at === 0 ? (
              <span className="cond-join first">{label}</span>
            ) : (
              <button
                type="button"
                className="cond-join"
                disabled={readOnly}
                title={group.combinator === 'and' ? 'All of these. Press for any of these.' : 'Any of these. Press for all of these.'}
                onClick={() => onChange(turnJoiner(whole, path))}
              >
                {label}
              </button>
            )}
            <div className="cond-rule">
              {isGroup(part) ? (
                <GroupLines whole={whole} path={place} group={part} onChange={onChange} />
              ) : (
                <RuleTokens
                  rule={part}
                  fresh={fresh === key}
                  onChange={(next: Rule) => onChange(change(whole, place, () => next))}
                  onRemove={take}
                />
              )}
              {!isGroup(part) &&
                issues.get(key)?.map((it) => (
                  <p key={it.path} className="cond-wrong">
                    {it.say}
                  </p>
                ))}
            </div>
            {!readOnly && (
              <button
                type="button"
                className="cond-take"
                aria-label={isGroup(part) ? 'Remove these conditions' : 'Remove this condition'}
                onClick={take}
              >
                <IconX size={12} stroke={2} aria-hidden="true" />
              </button>
            )}
          </div>
        )
      })}
      {!readOnly && <Adders whole={whole} path={path} group={group} onChange={onChange} />}
    </div>
  )
}

function Adders({ whole, path, group, onChange }: Props) {
  const { catalog, subjects } = useAround()
  const other = group.combinator === 'and' ? 'or' : 'and'
  return (
    <div className="cond-add">
      <Pick
        label="Add a condition"
        className={group.rules.length === 0 ? 'btn small' : 'btn quiet small'}
        choices={subjects}
        free={otherEvent}
        fresh={group.rules.length === 0 && path.length > 0}
        onPick={(picked) => onChange(append(whole, path, ruleAbout(subjectFrom(picked), catalog)), [...path, group.rules.length].join('.'))}
      >
        <IconPlus size={14} stroke={1.75} aria-hidden="true" />
        Condition
      </Pick>
      {path.length < MAX_DEPTH - 1 && group.rules.length > 0 && (
        <button type="button" className="btn quiet small" onClick={() => onChange(append(whole, path, { combinator: other, rules: [] }))}>
          <IconPlus size={14} stroke={1.75} aria-hidden="true" />
          {other === 'or' ? 'Any of' : 'All of'}
        </button>
      )}
      {path.length > 0 && (
        <button type="button" className="btn quiet small" aria-pressed={group.not === true} onClick={() => onChange(turnNot(whole, path))}>
          {group.not === true ? 'Not: on' : 'Not'}
        </button>
      )}
    </div>
  )
}
