import { lazy } from 'react'
import { Autocomplete, Select, Switch, TextInput } from '../../ui/fields.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { MakeThing } from '../make-thing.tsx'
import { wrongAt } from '../screen.ts'
import { Keep, OnlyIf, type PartProps } from './parts.tsx'

const MakeSegment = lazy(() => import('./make-segment.tsx'))
const MakeForm = lazy(() => import('./make-form.tsx'))

/** They join a segment, or leave it. */
export function BySegment({ on, set, catalog, readOnly, issues }: PartProps<'segment'>) {
  return (
    <>
      <Segmented
        label="Which change of the segment"
        size="small"
        value={on.way}
        onChange={(way) => set({ way })}
        options={[
          { value: 'joined', label: 'They join it', disabled: readOnly },
          { value: 'left', label: 'They leave it', disabled: readOnly },
        ]}
      />
      <Select
        label="Segment"
        description={on.way === 'joined' ? 'Whoever becomes a member comes in.' : 'Whoever is a member no longer comes in.'}
        placeholder={catalog.segments.length === 0 ? 'There is no segment yet' : 'Choose a segment'}
        searchable
        nothingFoundMessage={catalog.segments.length === 0 ? 'There is no segment yet.' : 'No segment is called so.'}
        disabled={readOnly}
        data={catalog.segments.map(({ id, name }) => ({ value: id, label: name }))}
        value={on.segmentId}
        onChange={(segmentId) => set({ segmentId })}
        error={wrongAt(issues, 'on.segmentId')}
      />
      {!readOnly && (
        <MakeThing words="Make a segment" quiet={on.segmentId !== null} onMade={(segmentId) => set({ segmentId })} dialog={MakeSegment} />
      )}
    </>
  )
}

/** Something happens. */
export function ByEvent({ on, set, catalog, readOnly, issues }: PartProps<'event'>) {
  return (
    <>
      <Autocomplete
        label="Event"
        description="Choose one that came in before, or type the name of one that will."
        placeholder="Trial started"
        disabled={readOnly}
        data={[...catalog.eventTypes]}
        value={on.type ?? ''}
        onChange={(type) => set({ type: type === '' ? null : type })}
        error={wrongAt(issues, 'on.type')}
      />
      <OnlyIf where={on.where} readOnly={readOnly} issues={issues} onChange={(where) => set({ where })} />
      <TextInput
        label="Once per"
        description="A property that names the order, booking or the like: each has a passage of its own. Empty: one passage per person."
        placeholder="order_id"
        disabled={readOnly}
        value={on.key ?? ''}
        onChange={(event) => set({ key: event.currentTarget.value === '' ? null : event.currentTarget.value })}
        error={wrongAt(issues, 'on.key')}
      />
      <Keep keep={on.keep} readOnly={readOnly} onChange={(keep) => set({ keep })} />
      <Switch
        label="Also old and imported events"
        description="Otherwise an event that is more than a day old when it arrives lets nobody in."
        disabled={readOnly}
        checked={on.historic}
        onChange={(event) => set({ historic: event.currentTarget.checked })}
      />
    </>
  )
}

/** They send a form. */
export function ByForm({ on, set, catalog, readOnly, issues }: PartProps<'form'>) {
  return (
    <>
      <Select
        label="Form"
        placeholder={catalog.forms.length === 0 ? 'There is no form yet' : 'Choose a form'}
        description="Whoever sends it comes in."
        searchable
        nothingFoundMessage="No form is called so."
        disabled={readOnly}
        data={catalog.forms.map(({ id, name }) => ({ value: id, label: name }))}
        value={on.formId}
        onChange={(formId) => set({ formId })}
        error={wrongAt(issues, 'on.formId')}
      />
      {!readOnly && <MakeThing words="Make a form" quiet={on.formId !== null} onMade={(formId) => set({ formId })} dialog={MakeForm} />}
      <Keep keep={on.keep} readOnly={readOnly} onChange={(keep) => set({ keep })} />
    </>
  )
}

const moments: readonly { value: PartProps<'sales'>['on']['what']; label: string }[] = [
  { value: 'stage', label: 'their stage changes' },
  { value: 'handed-over', label: 'they are handed to sales' },
  { value: 'accepted', label: 'sales accepts them' },
  { value: 'rejected', label: 'sales rejects them' },
  { value: 'disqualified', label: 'sales disqualifies them' },
  { value: 'breached', label: 'sales answers too late' },
  { value: 'no-response', label: 'sales never answers' },
  { value: 'overflow', label: 'sales has nobody to take them' },
  { value: 'attempted', label: 'sales does not reach them' },
  { value: 'contacted', label: 'sales reaches them' },
  { value: 'given-back', label: 'a rep gives the lead back' },
  { value: 'opportunity', label: 'sales opens a deal' },
  { value: 'converted', label: 'sales makes them a customer' },
  { value: 'lost', label: 'sales loses them' },
]
const stages: readonly { value: PartProps<'sales'>['on']['stage']; label: string }[] = [
  { value: 'name', label: 'Name' },
  { value: 'lead', label: 'Lead' },
  { value: 'accepted', label: 'Accepted lead' },
  { value: 'opportunity', label: 'Opportunity' },
  { value: 'customer', label: 'Customer' },
  { value: 'disqualified', label: 'Disqualified' },
  { value: 'lost', label: 'Lost' },
]

/** Something of the life cycle or of sales. */
export function BySales({ on, set, readOnly, issues }: PartProps<'sales'>) {
  return (
    <>
      <Select
        label="When"
        allowDeselect={false}
        disabled={readOnly}
        data={[...moments]}
        value={on.what}
        onChange={(what) => set({ what: moments.find((it) => it.value === what)?.value ?? on.what })}
      />
      {on.what === 'stage' && (
        <Select
          label="New stage"
          allowDeselect={false}
          disabled={readOnly}
          data={[...stages]}
          value={on.stage}
          onChange={(stage) => set({ stage: stages.find((it) => it.value === stage)?.value ?? on.stage })}
        />
      )}
      <OnlyIf where={on.where} readOnly={readOnly} issues={issues} onChange={(where) => set({ where })} />
    </>
  )
}
