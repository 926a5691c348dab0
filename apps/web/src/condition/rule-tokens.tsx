import { OPERATORS, operatorsFor, type Rule, valueTypeOf } from '@baton/engine'
import { useAround } from './context.ts'
import { CarriedTokens, JourneyTokens, PassageTokens } from './flow-tokens.tsx'
import { MeasuredTokens } from './measured-tokens.tsx'
import { Pick } from './pick.tsx'
import { aboutOther, otherEvent, subjectFrom } from './subjects.ts'
import { ValueTokens } from './value.tsx'

const times = (count: string | number | boolean) => (count === 1 ? 'once' : `${String(count)} times`)

type Props = { rule: Rule; fresh: boolean; onChange: (rule: Rule) => void; onRemove: () => void }

/** The words and tokens of one rule. */
export function RuleTokens({ rule, fresh, onChange, onRemove }: Props) {
  const { catalog, subjects, readOnly } = useAround()
  const { subject, op, value } = rule
  const type = valueTypeOf(subject, catalog)
  const operators = operatorsFor(subject, catalog)
  const choice = operators.find((it) => it.op === op)
  const setSubject = (picked: string) => onChange(aboutOther(rule, subjectFrom(picked), catalog))
  const aboutWhat = (words: string | undefined, otherwise: string) => (
    <Pick
      label={`Subject: ${words ?? otherwise}`}
      className={words === undefined ? 'tok missing' : 'tok'}
      choices={subjects}
      free={otherEvent}
      onPick={setSubject}
      onRemove={onRemove}
      readOnly={readOnly}
    >
      {words ?? otherwise}
    </Pick>
  )
  const comparison = (
    <Pick
      label={`Comparison: ${choice?.label ?? 'choose a comparison'}`}
      className={choice ? 'tok op' : 'tok missing'}
      choices={operators.map((it) => ({ value: it.op, label: it.label }))}
      chosen={op}
      onPick={(picked) => {
        const next = operators.find((it) => it.op === picked)
        if (!next) return
        // A value stays as long as the new comparison takes one of the same form.
        onChange(next.value === choice?.value ? { ...rule, op: next.op } : { subject, op: next.op })
      }}
      readOnly={readOnly}
    >
      {choice?.label ?? 'choose a comparison'}
    </Pick>
  )
  const fits = type !== undefined && choice !== undefined && OPERATORS[type].includes(choice)
  const options = subject.kind === 'field' ? catalog.fields.find((it) => it.key === subject.key)?.options : undefined
  const compare = (
    <>
      {type !== undefined && comparison}{' '}
      {fits && (
        <ValueTokens
          choice={choice}
          type={type}
          options={options}
          value={value}
          words={type === 'count' ? times : undefined}
          onChange={(next) => onChange({ subject, op, value: next })}
          onRemove={onRemove}
          fresh={fresh}
          readOnly={readOnly}
        />
      )}
    </>
  )
  switch (subject.kind) {
    case 'event':
    case 'related':
      return <MeasuredTokens rule={rule} subject={subject} about={aboutWhat} onChange={onChange} />
    case 'passage':
      return <PassageTokens rule={rule} subject={subject} about={aboutWhat} compare={comparison} onChange={onChange} />
    case 'journey':
      return <JourneyTokens rule={rule} subject={subject} about={aboutWhat} compare={compare} onChange={onChange} />
    case 'carried':
      return <CarriedTokens subject={subject} compare={compare} onChange={onChange} />
    case 'segment':
      return (
        <>
          they {comparison} {aboutWhat(catalog.segments.find((it) => it.id === subject.segmentId)?.name, 'choose a segment')}
        </>
      )
    case 'agreement':
      return (
        <>
          they {comparison} {aboutWhat(catalog.agreements.find((it) => it.id === subject.agreementId)?.name, 'choose an agreement')}
        </>
      )
    case 'consent':
      return (
        <>
          they {comparison} {aboutWhat(`${catalog.topics.find((it) => it.id === subject.topic)?.name ?? subject.topic} mail`, 'choose')}
        </>
      )
    case 'mailable':
      return (
        <>
          {aboutWhat('they', 'they')} {comparison}
        </>
      )
    case 'today':
    case 'weekday':
      return (
        <>
          {aboutWhat(subject.kind === 'today' ? 'today' : 'the day of the week', 'choose')} {compare}
        </>
      )
    case 'field':
    case 'score':
    case 'grade':
    case 'stage':
    case 'owner': {
      const field = subject.kind === 'field' ? catalog.fields.find((it) => it.key === subject.key) : undefined
      const score = subject.kind === 'score' ? catalog.dimensions.find((it) => it.id === subject.dimension) : undefined
      const words = subject.kind === 'field' ? field?.label : subject.kind === 'score' ? score && `${score.name} score` : subject.kind
      return (
        <>
          {aboutWhat(words, subject.kind === 'score' ? 'choose a score' : 'choose a field')} {compare}
        </>
      )
    }
  }
}
