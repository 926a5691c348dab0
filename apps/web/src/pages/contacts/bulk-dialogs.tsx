import type { Catalog } from '@baton/engine'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api, type Inputs } from '../../shell/api.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Select, Textarea } from '../../ui/fields.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { FlowPicker, type Start } from './flow-picker.tsx'
import { type Field, peopleWords } from './people.ts'
import { typed, ValueInput } from './value.tsx'

export type BulkAction = Inputs['contacts']['bulk']['action']
export type Asked = 'set-field' | 'consent' | 'enrol' | 'list'

type Props = {
  asked: Asked | null
  n: number
  fields: readonly Field[]
  catalog: Catalog
  onDo: (action: BulkAction) => void
  onClose: () => void
}

const titles: Readonly<Record<Asked, string>> = {
  'set-field': 'Set a field',
  consent: 'Record consent',
  enrol: 'Add to a flow',
  list: 'Lists',
}

/** What an action on many people has to know before it begins. */
export function BulkDialogs({ asked, ...rest }: Props) {
  return (
    <Dialog
      title={asked === null ? '' : `${titles[asked]} for ${peopleWords(rest.n)}`}
      open={asked !== null}
      onClose={rest.onClose}
      width={480}
    >
      {asked === 'set-field' && <SetField {...rest} />}
      {asked === 'consent' && <Consent {...rest} />}
      {asked === 'enrol' && <AddToFlow {...rest} />}
      {asked === 'list' && <PutOnList {...rest} />}
    </Dialog>
  )
}

type Inner = Omit<Props, 'asked'>

function Foot({ words, ready, onClose }: { words: string; ready: boolean; onClose: () => void }) {
  return (
    <div className="dialog-foot">
      <Button onClick={onClose}>Cancel</Button>
      <Button type="submit" look="primary" disabled={!ready}>
        {words}
      </Button>
    </div>
  )
}

const onSubmit = (work: () => void) => (event: FormEvent) => {
  event.preventDefault()
  work()
}

function SetField({ fields, n, onDo, onClose }: Inner) {
  const [key, setKey] = useState<string | null>(null)
  const [value, setValue] = useState<string | number | boolean>('')
  const field = fields.find((it) => it.key === key)
  const empties = typed(value) === null
  return (
    <form className="dialog-form" onSubmit={onSubmit(() => field && onDo({ do: 'set-field', key: field.key, value: typed(value) }))}>
      <Select
        label="Field"
        placeholder="Choose a field"
        data={fields.filter((it) => it.key !== 'email').map((it) => ({ value: it.key, label: it.label }))}
        value={key}
        onChange={(next) => {
          setKey(next)
          setValue('')
        }}
        searchable
        data-autofocus
      />
      {field && <ValueInput key={field.key} field={field} label="New value" value={value} onChange={setValue} />}
      {field && empties && <p className="small warn">Nothing is filled in: the field is emptied for {peopleWords(n)}.</p>}
      <Foot words={field && empties ? 'Empty the field' : 'Set the field'} ready={field !== undefined} onClose={onClose} />
    </form>
  )
}

function Consent({ onDo, onClose }: Inner) {
  const topics = useQuery(api.topics.list.queryOptions())
  const [topic, setTopic] = useState('marketing')
  const [source, setSource] = useState('')
  return (
    <form className="dialog-form" onSubmit={onSubmit(() => onDo({ do: 'consent', topic, source: source.trim() }))}>
      <p className="dialog-text">They agreed to get mail. Whoever said no themselves stays without mail, whatever is recorded here.</p>
      <Select
        label="What they agreed to"
        allowDeselect={false}
        data={topics.data?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        value={topic}
        onChange={(next) => setTopic(next ?? topic)}
      />
      <Textarea
        label="Where and when they agreed"
        placeholder="Trade fair Hannover, sign-up sheet of 12 March"
        description="It is kept with each person, to be shown when somebody asks."
        autosize
        minRows={2}
        value={source}
        onChange={(event) => setSource(event.currentTarget.value)}
        data-autofocus
      />
      <Foot words="Record consent" ready={source.trim().length >= 3} onClose={onClose} />
    </form>
  )
}

function AddToFlow({ catalog, onDo, onClose }: Inner) {
  const [flowId, setFlow] = useState<string | null>(null)
  const [start, setStart] = useState<Start | null>(null)
  return (
    <form className="dialog-form" onSubmit={onSubmit(() => start && onDo({ do: 'enrol', flowId: start.flowId, node: start.node }))}>
      <FlowPicker catalog={catalog} flowId={flowId} onFlow={setFlow} node={start?.node ?? null} onStart={setStart} />
      <Foot words="Add to the flow" ready={start !== null} onClose={onClose} />
    </form>
  )
}

function PutOnList({ catalog, onDo, onClose }: Inner) {
  const lists = catalog.segments.filter((it) => it.list === true)
  const [segmentId, setList] = useState<string | null>(lists.length === 1 ? (lists[0]?.id ?? null) : null)
  const [on, setOn] = useState(true)
  return (
    <form className="dialog-form" onSubmit={onSubmit(() => segmentId !== null && onDo({ do: 'list', segmentId, on }))}>
      <Segmented
        label="What to do"
        value={on ? 'on' : 'off'}
        onChange={(to) => setOn(to === 'on')}
        options={[
          { value: 'on', label: 'Put on a list' },
          { value: 'off', label: 'Take off a list' },
        ]}
      />
      <Select
        label="List"
        description={lists.length === 0 ? 'There is no list yet. Make one under Segments.' : undefined}
        placeholder="Choose a list"
        data={lists.map((it) => ({ value: it.id, label: it.name }))}
        value={segmentId}
        onChange={setList}
        searchable
      />
      <Foot words={on ? 'Put on the list' : 'Take off the list'} ready={segmentId !== null} onClose={onClose} />
    </form>
  )
}
