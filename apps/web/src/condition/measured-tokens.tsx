import {
  type EventWindow,
  OPERATORS,
  type OperatorChoice,
  PROPERTY_OPERATORS,
  type PropertyRule,
  RELATED,
  type Rule,
  type Subject,
  valueTypeOf,
} from '@baton/engine'
import { IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useAround } from './context.ts'
import { type Choice, Pick } from './pick.tsx'
import { deedOf } from './subjects.ts'
import { ValueTokens } from './value.tsx'
import { PropertyPick, WhereTokens } from './where-tokens.tsx'

type Measured = Extract<Subject, { kind: 'event' | 'related' }>
type Props = {
  rule: Rule
  subject: Measured
  about: (words: string, otherwise: string) => ReactNode
  onChange: (rule: Rule) => void
}

type MeasureType = 'count' | 'sum' | 'recency'
const times = (value: string | number | boolean) => (value === 1 ? 'once' : `${String(value)} times`)
const days = (value: string | number | boolean) => (value === 1 ? '1 day' : `${String(value)} days`)

/** How far back an event or a record may lie. */
function windowChoices(subject: Measured, place: 'flow' | 'segment'): Choice[] {
  const last = [1, 7, 14, 30, 90, 180, 365].map((n) => ({ value: String(n), label: n === 1 ? 'in the last day' : `in the last ${n} days` }))
  const inside = subject.kind === 'event' && place === 'flow'
  return [
    { value: 'ever', label: 'at any time' },
    ...last,
    ...(inside
      ? [
          { value: 'since-entering', label: 'since they entered' },
          { value: 'since-arriving', label: 'since they came to this step' },
        ]
      : []),
  ]
}

function windowWords(window: EventWindow): string {
  switch (window.kind) {
    case 'ever':
      return 'at any time'
    case 'days':
      return `in the last ${window.days === 1 ? 'day' : `${window.days} days`}`
    case 'since-entering':
      return 'since they entered'
    case 'since-arriving':
      return 'since they came to this step'
  }
}

function withWindow(subject: Measured, picked: string): Measured {
  const inside = picked === 'since-entering' || picked === 'since-arriving'
  if (inside) return subject.kind === 'event' ? { ...subject, window: { kind: picked } } : subject
  return { ...subject, window: picked === 'ever' ? { kind: 'ever' } : { kind: 'days', days: Number(picked) } }
}

/** What may be asked of them: how many there are, how long ago the last was, what a property adds up to. */
function comparisons(subject: Measured): Choice[] {
  const of = (type: MeasureType, group: string, words: (label: string) => string) =>
    OPERATORS[type].map(({ op, label }) => ({ value: `${type}:${op}`, label: words(label), group }))
  return [
    ...of('count', 'How many', (label) => label),
    ...(subject.kind === 'event' ? of('recency', 'How long ago the last one', (label) => `the last ${label} … days ago`) : []),
    ...of('sum', 'What a property adds up to', (label) => `the sum ${label}`),
  ]
}

/** The same rule with another comparison; the value stays where it still means the same. */
function compared(rule: Rule, subject: Measured, type: MeasureType, choice: OperatorChoice, was: MeasureType): Rule {
  const { measure, ...rest } = subject
  const old = OPERATORS[was].find((it) => it.op === rule.op)
  const same = type === was && old?.value === choice.value
  const start = choice.value === 'range' ? [1, 5] : type === 'recency' ? 30 : 1
  const value = same ? rule.value : type === 'sum' ? undefined : start
  const next: Measured =
    type === 'count'
      ? rest
      : type === 'sum'
        ? { ...rest, measure: typeof measure === 'object' ? measure : { sum: 'amount' } }
        : rest.kind === 'event'
          ? { ...rest, measure: 'days-since-last' }
          : rest
  return { subject: next, op: choice.op, ...(value === undefined ? {} : { value }) }
}

/** "they clicked any link at least 2 times in the last 14 days", "the sum of amount over their purchases is at least 500", narrowed by properties. */
export function MeasuredTokens({ rule, subject, about, onChange }: Props) {
  const { catalog, place, readOnly } = useAround()
  const found = valueTypeOf(subject, catalog)
  const type: MeasureType = found === 'sum' || found === 'recency' ? found : 'count'
  const choice = OPERATORS[type].find((it) => it.op === rule.op) ?? OPERATORS[type][0]
  const set = (next: Measured) => onChange({ ...rule, subject: next })
  const setWhere = (at: number, next: PropertyRule | null) =>
    set({ ...subject, where: subject.where.flatMap((it, index) => (index === at ? (next ? [next] : []) : [it])) })

  const what =
    subject.kind === 'related'
      ? about(RELATED[subject.of][type === 'count' && rule.value === 1 ? 0 : 1], 'choose what belongs to them')
      : about(deedOf(subject.type, subject.where.length > 0, catalog)[1], 'choose what they did')
  const glue = subject.kind === 'related' ? 'they have' : deedOf(subject.type, subject.where.length > 0, catalog)[0]

  const where = subject.where.map((property, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the place is what the tokens edit
    <span key={at}>
      {at === 0 ? 'where' : 'and'}{' '}
      <WhereTokens
        of={subject.kind === 'related' ? subject.of : 'event'}
        rule={property}
        onChange={(next) => setWhere(at, next)}
        onRemove={() => setWhere(at, null)}
        readOnly={readOnly}
      />{' '}
    </span>
  ))
  const when = (
    <Pick
      label={`When: ${windowWords(subject.window)}`}
      className="tok op"
      choices={windowChoices(subject, place)}
      chosen={subject.window.kind === 'days' ? String(subject.window.days) : subject.window.kind}
      onPick={(picked) => set(withWindow(subject, picked))}
      free={(text) => {
        const back = Number.parseFloat(text)
        return back > 0 && back <= 3650 ? { value: String(back), label: `in the last ${back} days` } : undefined
      }}
      readOnly={readOnly}
    >
      {windowWords(subject.window)}
    </Pick>
  )
  const compare = choice && (
    <>
      <Pick
        label={`${type === 'count' ? 'How often' : 'Comparison'}: ${choice.label}`}
        className="tok op"
        choices={comparisons(subject)}
        chosen={`${type}:${choice.op}`}
        onPick={(picked) => {
          const [measure = '', op] = picked.split(':')
          const next = measure === 'sum' || measure === 'recency' ? measure : 'count'
          const other = OPERATORS[next].find((it) => it.op === op)
          if (other) onChange(compared(rule, subject, next, other, type))
        }}
        readOnly={readOnly}
      >
        {choice.label}
      </Pick>{' '}
      <ValueTokens
        choice={choice}
        type={type}
        value={rule.value}
        words={type === 'sum' ? undefined : type === 'recency' ? days : subject.kind === 'event' ? times : undefined}
        onChange={(value) => onChange({ ...rule, value })}
        readOnly={readOnly}
      />{' '}
    </>
  )
  return (
    <>
      {type === 'sum' && (
        <>
          the sum of{' '}
          <PropertyPick
            of={subject.kind === 'related' ? subject.of : 'event'}
            chosen={typeof subject.measure === 'object' ? subject.measure.sum : 'amount'}
            onPick={(sum) => set({ ...subject, measure: { sum } })}
            readOnly={readOnly}
          />{' '}
          over {what} {where}
          {when} {compare}
        </>
      )}
      {type === 'recency' && (
        <>
          the last time {glue} {what} {where}
          {when} {compare}ago
        </>
      )}
      {type === 'count' && subject.kind === 'event' && (
        <>
          {glue} {what} {where}
          {compare}
          {when}
        </>
      )}
      {type === 'count' && subject.kind === 'related' && (
        <>
          {glue} {compare}
          {what} {where}
          {when}
        </>
      )}
      {!readOnly && (
        <button
          type="button"
          className="tok more"
          aria-label="Narrow by a property"
          title="Narrow by a property"
          onClick={() =>
            set({
              ...subject,
              where: [...subject.where, { key: subject.kind === 'event' ? 'url' : 'name', op: PROPERTY_OPERATORS[2]?.op ?? 'is' }],
            })
          }
        >
          <IconPlus size={11} stroke={2} aria-hidden="true" />
        </button>
      )}
    </>
  )
}
