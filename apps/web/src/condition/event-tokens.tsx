import { type EventWindow, OPERATORS, PROPERTY_OPERATORS, type PropertyRule, type Rule, type Subject } from '@baton/engine'
import { IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useAround } from './context.ts'
import { Pick } from './pick.tsx'
import { deedOf } from './subjects.ts'
import { ValueTokens } from './value.tsx'
import { WhereTokens } from './where-tokens.tsx'

type EventSubject = Extract<Subject, { kind: 'event' }>
type Props = {
  rule: Rule
  subject: EventSubject
  about: (words: string, otherwise: string) => ReactNode
  onChange: (rule: Rule) => void
}

const times = (value: string | number | boolean) => (value === 1 ? 'once' : `${String(value)} times`)

/** How far back an event may lie. */
function windowChoices(place: 'flow' | 'segment') {
  const days = [1, 7, 14, 30, 90, 180, 365].map((n) => ({ value: String(n), label: n === 1 ? 'in the last day' : `in the last ${n} days` }))
  const entering = place === 'flow' ? [{ value: 'since-entering', label: 'since they entered' }] : []
  return [{ value: 'ever', label: 'at any time' }, ...days, ...entering]
}

const windowWords = (window: EventWindow) =>
  window.kind === 'ever'
    ? 'at any time'
    : window.kind === 'days'
      ? `in the last ${window.days === 1 ? 'day' : `${window.days} days`}`
      : 'since they entered'

function windowFrom(picked: string): EventWindow {
  if (picked === 'ever' || picked === 'since-entering') return { kind: picked }
  return { kind: 'days', days: Number(picked) }
}

/** "they clicked any link at least 2 times in the last 14 days", narrowed by properties. */
export function EventTokens({ rule, subject, about, onChange }: Props) {
  const { catalog, place, readOnly } = useAround()
  const [glue, what] = deedOf(subject.type, subject.where.length > 0, catalog)
  const choice = OPERATORS.count.find((it) => it.op === rule.op) ?? OPERATORS.count[0]
  const set = (part: Partial<EventSubject>) => onChange({ ...rule, subject: { ...subject, ...part } })
  const setWhere = (at: number, next: PropertyRule | null) =>
    set({ where: subject.where.flatMap((it, place) => (place === at ? (next ? [next] : []) : [it])) })
  return (
    <>
      {glue} {about(what, 'choose what they did')}{' '}
      {subject.where.map((property, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is what the tokens edit
        <span key={at}>
          {at === 0 ? 'where' : 'and'}{' '}
          <WhereTokens rule={property} onChange={(next) => setWhere(at, next)} onRemove={() => setWhere(at, null)} />{' '}
        </span>
      ))}
      {choice && (
        <>
          <Pick
            label={`How often: ${choice.label}`}
            className="tok op"
            choices={OPERATORS.count.map((it) => ({ value: it.op, label: it.label }))}
            chosen={choice.op}
            onPick={(op) => {
              const next = OPERATORS.count.find((it) => it.op === op)
              if (next)
                onChange({ ...rule, op: next.op, value: next.value === choice.value ? rule.value : next.value === 'range' ? [1, 5] : 1 })
            }}
            readOnly={readOnly}
          >
            {choice.label}
          </Pick>{' '}
          <ValueTokens
            choice={choice}
            type="count"
            value={rule.value}
            words={times}
            onChange={(value) => onChange({ ...rule, value })}
            readOnly={readOnly}
          />{' '}
        </>
      )}
      <Pick
        label={`When: ${windowWords(subject.window)}`}
        className="tok op"
        choices={windowChoices(place)}
        chosen={subject.window.kind === 'days' ? String(subject.window.days) : subject.window.kind}
        onPick={(picked) => set({ window: windowFrom(picked) })}
        free={(text) => {
          const days = Number.parseFloat(text)
          return days > 0 && days <= 3650 ? { value: String(days), label: `in the last ${days} days` } : undefined
        }}
        readOnly={readOnly}
      >
        {windowWords(subject.window)}
      </Pick>
      {!readOnly && (
        <button
          type="button"
          className="tok more"
          aria-label="Narrow by a property"
          title="Narrow by a property"
          onClick={() => set({ where: [...subject.where, { key: 'url', op: PROPERTY_OPERATORS[2]?.op ?? 'is' }] })}
        >
          <IconPlus size={11} stroke={2} aria-hidden="true" />
        </button>
      )}
    </>
  )
}
