import { CopyText } from '../../ui/copy-text.tsx'
import { Select } from '../../ui/fields.tsx'
import type { FormProps } from '../screen.ts'
import { ByField, ByScore } from './changes.tsx'
import { fresh } from './fresh.ts'
import { ByEvent, ByForm, BySales, BySegment } from './listens.tsx'
import { NextTimes } from './next-times.tsx'
import type { Config, OnOf, Way } from './parts.tsx'
import { ByDate, BySchedule } from './times.tsx'

const ways: readonly { value: Way; label: string }[] = [
  { value: 'segment', label: 'They join or leave a segment' },
  { value: 'event', label: 'Something happens' },
  { value: 'form', label: 'They send a form' },
  { value: 'date', label: 'A date of theirs comes' },
  { value: 'schedule', label: 'By a schedule' },
  { value: 'field', label: 'A field changes' },
  { value: 'score', label: 'A score rises or falls' },
  { value: 'sales', label: 'Sales does something' },
  { value: 'api', label: 'Other software lets them in' },
  { value: 'flow', label: 'Another flow lets them in' },
  { value: 'manual', label: 'Somebody adds them' },
]

export function Form(props: FormProps<Config>) {
  const { config, catalog, readOnly, onChange } = props
  return (
    <div className="stack">
      <Select
        label="What lets people in"
        allowDeselect={false}
        disabled={readOnly}
        data={[...ways]}
        value={config.on.kind}
        onChange={(to) => {
          const kind = ways.find((it) => it.value === to)?.value
          if (kind !== undefined && kind !== config.on.kind) onChange({ ...config, on: fresh[kind] })
        }}
      />
      <Part {...props} />
      <NextTimes config={config} catalog={catalog} />
    </div>
  )
}

/** The form of the way that is chosen. */
function Part({ config, onChange, ...rest }: FormProps<Config>) {
  const { on } = config
  const setOf =
    <K extends Way>(now: OnOf<K>) =>
    (part: Partial<OnOf<K>>) =>
      onChange({ ...config, on: { ...now, ...part } })
  switch (on.kind) {
    case 'segment':
      return <BySegment {...rest} on={on} set={setOf<'segment'>(on)} />
    case 'event':
      return <ByEvent {...rest} on={on} set={setOf<'event'>(on)} />
    case 'form':
      return <ByForm {...rest} on={on} set={setOf<'form'>(on)} />
    case 'date':
      return <ByDate {...rest} on={on} set={setOf<'date'>(on)} />
    case 'schedule':
      return <BySchedule {...rest} on={on} set={setOf<'schedule'>(on)} />
    case 'field':
      return <ByField {...rest} on={on} set={setOf<'field'>(on)} />
    case 'score':
      return <ByScore {...rest} on={on} set={setOf<'score'>(on)} />
    case 'sales':
      return <BySales {...rest} on={on} set={setOf<'sales'>(on)} />
    case 'api':
      return <ByProgram />
    case 'flow':
      return <p className="small muted">A step “Start another flow” of a flow that runs lets people in here.</p>
    case 'manual':
      return (
        <p className="small muted">
          Somebody adds people: in Live by “Add people…”, from their page, or many at once from the list of contacts.
        </p>
      )
  }
}

/** What a program sends. The flow's id stands in the address of this page. */
function ByProgram() {
  const [, id = 'flow-id'] = /\/flows\/([^/]+)/.exec(window.location.pathname) ?? []
  const address = `${window.location.origin}/v1/flows/${id}/enrol`
  return (
    <div className="stack">
      <CopyText label="Your software sends a POST to" text={address} />
      <p className="small muted">
        With a server key, and as JSON who comes in: userId or email. Further, if you like: traits, key for the order or booking, data for
        what the passage carries, and messageId, so that a repeated request is one.
      </p>
    </div>
  )
}
