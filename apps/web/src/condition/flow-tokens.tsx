import { passedFlows, type Rule, type Subject } from '@baton/engine'
import type { ReactNode } from 'react'
import { useAround } from './context.ts'
import { Pick } from './pick.tsx'

type Part<K extends Subject['kind']> = {
  subject: Extract<Subject, { kind: K }>
  rule: Rule
  about: (words: string | undefined, otherwise: string) => ReactNode
  /** Comparison and value. */
  compare: ReactNode
  onChange: (rule: Rule) => void
}

const PASSAGE = [
  { value: 'now', label: 'in the flow' },
  { value: 'ever', label: 'now or ever in the flow' },
]

/** "they are in the flow Welcome", "they are not now or ever in the flow Welcome". */
export function PassageTokens({ subject, rule, about, compare, onChange }: Part<'passage'>) {
  const { catalog, readOnly } = useAround()
  const words = PASSAGE.find((it) => it.value === subject.is)?.label
  return (
    <>
      they {compare}{' '}
      <Pick
        label={`When: ${words}`}
        className="tok op"
        choices={PASSAGE}
        chosen={subject.is}
        onPick={(is) => onChange({ ...rule, subject: { ...subject, is: is === 'ever' ? 'ever' : 'now' } })}
        readOnly={readOnly}
      >
        {words}
      </Pick>{' '}
      {about(passedFlows(catalog).find((it) => it.id === subject.flowId)?.name, 'choose a flow')}
    </>
  )
}

/** "they came to Welcome mail at least once", "they left it by Not sent". */
export function JourneyTokens({ subject, rule, about, compare, onChange }: Part<'journey'>) {
  const { catalog, readOnly } = useAround()
  const step = catalog.steps?.find((it) => it.id === subject.node)
  const port = step?.ports.find((it) => it.id === subject.port)
  const words = subject.port === undefined ? 'came to' : port ? `left by “${port.label}”` : 'choose a way'
  return (
    <>
      they{' '}
      <Pick
        label={`How: ${words}`}
        className={subject.port === undefined || port ? 'tok op' : 'tok missing'}
        choices={[
          { value: '', label: 'came to' },
          ...(step?.ports ?? []).map(({ id, label }) => ({ value: id, label: `left by “${label}”` })),
        ]}
        chosen={subject.port ?? ''}
        onPick={(picked) => {
          const { port: _, ...rest } = subject
          onChange({ ...rule, subject: picked === '' ? rest : { ...rest, port: picked } })
        }}
        readOnly={readOnly}
      >
        {words}
      </Pick>{' '}
      {about(step?.name, 'choose a step')} {compare}
    </>
  )
}

const CARRIED = [
  { value: 'text', label: 'text' },
  { value: 'number', label: 'number' },
  { value: 'boolean', label: 'yes or no' },
] as const

/** "the value order_total (number) is at least 50". */
export function CarriedTokens({ subject, compare, onChange }: Omit<Part<'carried'>, 'about' | 'rule'>) {
  const { catalog, readOnly } = useAround()
  const type = CARRIED.find((it) => it.value === subject.type)
  return (
    <>
      the{' '}
      <Pick
        label={`Kind of value: ${type?.label}`}
        className="tok op"
        choices={CARRIED}
        chosen={subject.type}
        onPick={(picked) => {
          const next = CARRIED.find((it) => it.value === picked)?.value ?? 'text'
          if (next !== subject.type) onChange({ subject: { ...subject, type: next }, op: 'is' })
        }}
        readOnly={readOnly}
      >
        {type?.label}
      </Pick>{' '}
      <Pick
        label={`Value: ${subject.key === '' ? 'choose a name' : subject.key}`}
        className={subject.key === '' ? 'tok missing' : 'tok'}
        choices={(catalog.carried ?? []).map((it) => ({ value: it, label: it }))}
        chosen={subject.key}
        free={(text) => (text.trim() === '' ? undefined : { value: text.trim().slice(0, 200), label: `the value “${text.trim()}”` })}
        onPick={(key) => onChange({ subject: { ...subject, key }, op: 'is' })}
        readOnly={readOnly}
      >
        {subject.key === '' ? 'choose a name' : subject.key}
      </Pick>{' '}
      {compare}
    </>
  )
}
