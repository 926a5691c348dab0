import './migrate.css'
import { kindOf } from '@baton/engine'
import { IconAlertTriangle, IconMail, IconPlayerTrackNext } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api } from '../../shell/api.ts'
import { Callout } from '../../ui/callout.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Radio, Select, TextInput } from '../../ui/fields.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { SkeletonText } from '../../ui/skeleton.tsx'
import { atOnceWords, choiceOf, type Given, lackOf, type PeoplePlan, type PeoplePreview, sumWords, withChoice } from './answers.ts'

const COUNTING = 'It is being counted what that would do.'

type Props = { flowId: string; onChange: (plan: PeoplePlan) => void }

/** Before a publish over people inside: who moves where, what is sent, and what has to be said or confirmed. */
export default function PeopleInFlight({ flowId, onChange }: Props) {
  const [how, setHow] = useState<'move' | 'stay'>('move')
  const [given, setGiven] = useState<Given>({})
  const [typed, setTyped] = useState('')
  const plan = useQuery(
    api.migration.plan.queryOptions({ id: flowId, answers: given }, { staleTime: 0, gcTime: 0, placeholderData: keepPreviousData }),
  )
  const { data, isPlaceholderData: counting } = plan
  const lacks = data === null ? null : data === undefined || counting ? COUNTING : lackOf(data, typed)
  const confirmed = data && data.atOnce > data.limit ? data.atOnce : undefined
  useEffect(() => {
    if (how === 'stay') onChange({ people: undefined, lacks: null })
    else onChange({ people: { answers: given, ...(confirmed === undefined ? {} : { confirmed }) }, lacks })
  }, [how, given, confirmed, lacks, onChange])
  if (plan.isPending) return <SkeletonText lines={4} />
  if (plan.isError) return <FailedFrame what="What becomes of the people inside" error={plan.error} onRetry={() => void plan.refetch()} />
  if (!data) return null
  const [old] = data.versions
  const words = data.versions.length > 1 ? 'older versions' : `version ${old?.version}`
  return (
    <section className="in-flight" aria-labelledby="in-flight">
      <h3 id="in-flight">People in flight</h3>
      <Radio.Group
        aria-label="People in flight"
        value={how}
        onChange={(value) => setHow(value === 'stay' ? 'stay' : 'move')}
        description={`${fullNumber(data.people)} ${data.people === 1 ? 'person is' : 'people are'} inside, on ${words}.`}
      >
        <Radio value="move" label={`They go over to version ${data.version}`} />
        <Radio value="stay" label={`They go on by ${data.versions.length > 1 ? 'the version they came in with' : words}`} />
      </Radio.Group>
      {how === 'move' && (
        <>
          <table>
            <thead>
              <tr>
                <th scope="col">Where they stand</th>
                <th scope="col" className="num">
                  People
                </th>
                <th scope="col">What becomes of them</th>
              </tr>
            </thead>
            <tbody>
              {data.lines.map((line) => (
                <Line
                  key={line.node}
                  line={line}
                  preview={data}
                  given={given}
                  onChoose={(choice) => setGiven((now) => withChoice(now, line.node, choice))}
                />
              ))}
            </tbody>
          </table>
          <p className="in-flight-sum" aria-live="polite" aria-busy={counting}>
            {sumWords(data)} <b>{atOnceWords(data)}</b> Waits are timed from when each person began to wait.
            {data.tried < data.people && ` What goes out was tried on ${fullNumber(data.tried)} of them, and is about right for all.`}
          </p>
          {data.paused && (
            <Callout title="The flow is paused">They are moved when it goes on; what goes out at once goes out then.</Callout>
          )}
          {data.running && (
            <Callout tone="warn" title={`People are still being moved to version ${data.running.version}`}>
              {fullNumber(data.running.done)} of {fullNumber(data.running.total)} have been looked at. That ends with this publish: the
              others go straight to version {data.version}.
            </Callout>
          )}
          {data.atOnce > data.limit && (
            <TextInput
              className="in-flight-typed"
              label={`Type ${fullNumber(data.atOnce)} to confirm that so much goes out at once`}
              value={typed}
              inputMode="numeric"
              autoComplete="off"
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          )}
        </>
      )}
    </section>
  )
}

type LineProps = {
  line: PeoplePreview['lines'][number]
  preview: PeoplePreview
  given: Given
  onChoose: (choice: string) => void
}

function Line({ line, preview, given, onChoose }: LineProps) {
  const { node, name, becomes, people, fallback, overdue, passed } = line
  const answer = given[node] ?? (fallback === null ? null : { do: fallback })
  const target = answer?.do === 'go-on' ? preview.targets.find((it) => it.id === answer.node) : undefined
  const again = target ? (passed[target.id] ?? 0) : 0
  const sends = ['action', 'sales'].includes(kindOf(target?.type ?? '')?.category ?? '')
  const choices = [
    ...(fallback === null ? [] : [{ value: 'same', label: 'Stay at this step' }]),
    { value: 'leave', label: 'Leave the flow' },
    { value: 'stay', label: 'Stay on their version' },
    { group: 'Go on at', items: preview.targets.filter((it) => it.id !== node).map((it) => ({ value: `at:${it.id}`, label: it.name })) },
  ]
  return (
    <tr>
      <th scope="row">
        <span className="clip" title={name}>
          {name}
        </span>
        {becomes !== null && <span className="small muted">becomes {becomes}</span>}
        {fallback === null && <span className="small warn">not in version {preview.version}</span>}
      </th>
      <td className="num">{fullNumber(people)}</td>
      <td>
        <Select
          aria-label={`What becomes of those at ${name}`}
          placeholder="Choose…"
          error={answer === null}
          allowDeselect={false}
          data={choices}
          value={choiceOf(answer)}
          onChange={(choice) => choice !== null && onChoose(choice)}
        />
        {answer?.do === 'same' && overdue > 0 && (
          <span className="small hint">
            <IconPlayerTrackNext size={14} stroke={1.75} aria-hidden="true" />
            {fullNumber(overdue)} {overdue === 1 ? 'has' : 'have'} waited long enough and {overdue === 1 ? 'goes' : 'go'} on at once
          </span>
        )}
        {again > 0 && (
          <span className="small hint warn">
            {sends ? (
              <IconMail size={14} stroke={1.75} aria-hidden="true" />
            ) : (
              <IconAlertTriangle size={14} stroke={1.75} aria-hidden="true" />
            )}
            {sends ? `Will be sent again: ${fullNumber(again)}` : `${fullNumber(again)} passed there before, and do so again`}
          </span>
        )}
      </td>
    </tr>
  )
}
