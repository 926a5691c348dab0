import './problem-list.css'
import type { Issue } from '@baton/engine'
import { IconAlertTriangle, IconExclamationCircle } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, useState } from 'react'
import { type Answers, api } from '../shell/api.ts'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { DateText } from '../ui/date-text.tsx'
import { dateWords } from '../ui/date-words.ts'
import { Dialog } from '../ui/dialog.tsx'
import { FailedFrame } from '../ui/error-frame.tsx'
import { Radio, Select, Textarea } from '../ui/fields.tsx'
import { TextField } from '../ui/form-field.tsx'
import { Later } from '../ui/later.tsx'
import { fullNumber } from '../ui/numbers.ts'
import { SkeletonText } from '../ui/skeleton.tsx'
import { toast } from '../ui/toast.ts'
import { LaunchTime } from './launch/launch-time.tsx'
import { EndHere, MendAround, openWays } from './mends.tsx'
import type { PeoplePlan } from './migrate/answers.ts'
import { Reach } from './reach.tsx'
import { isReason, ReasonField, useReasons } from './reason-field.tsx'
import { sharesWith } from './shares.ts'
import { useEditor, useEditorStore } from './store.ts'
import { isUnnamed } from './unnamed.ts'

/** Only for whom it is needed: with the table of those inside. */
const PeopleInFlight = lazy(() => import('./migrate/people-in-flight.tsx'))

type Preview = Answers['flows']['publishPreview']
const people = (n: number) => `${fullNumber(n)} ${n === 1 ? 'person' : 'people'}`
const steps = (n: number) => `${n} ${n === 1 ? 'step' : 'steps'}`

/** What is different from the live version, in one sentence. */
function changesWords({ changes, liveVersion }: Preview): string {
  if (liveVersion === null) return `The first version, with ${steps(changes.added.length)}.`
  const parts = [
    changes.added.length > 0 && `${steps(changes.added.length)} added`,
    changes.changed.length > 0 && `${steps(changes.changed.length)} changed`,
    changes.removed.length > 0 && `${steps(changes.removed.length)} removed`,
    changes.other && 'ways or settings changed',
  ].filter(Boolean)
  return parts.length === 0 ? 'It does the same as the version before.' : `Against version ${liveVersion}: ${parts.join(', ')}.`
}

type Props = {
  flowId: string
  name: string
  /** Stores what was mended here. @returns whether it is stored */
  onSave: () => Promise<boolean>
  onClose: () => void
  onPublished: () => void
  onReview: () => void
  onShow: (issue: Issue) => void
}

/** Asks before a version goes live: what is wrong, what changes, who enters at once. */
export default function PublishDialog(props: Props) {
  const { flowId, name, onClose } = props
  const preview = useQuery(api.flows.publishPreview.queryOptions({ id: flowId }, { staleTime: 0, gcTime: 0 }))
  return (
    <Dialog
      title={isUnnamed(name) ? 'Publish this flow' : `Publish ${name}`}
      open
      onClose={onClose}
      width={preview.data?.inFlight ? 640 : 480}
    >
      {preview.isPending && <SkeletonText lines={4} />}
      {preview.isError && <FailedFrame what="What publishing would do" error={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.data && <Ready {...props} preview={preview.data} onAgain={() => void preview.refetch()} />}
    </Dialog>
  )
}

type ReadyProps = Props & { preview: Preview; onAgain: () => void }

function Ready({ flowId, name, preview, onSave, onAgain, onClose, onPublished, onReview, onShow }: ReadyProps) {
  const unnamed = preview.liveVersion === null && isUnnamed(name)
  const [called, setCalled] = useState(name)
  const rename = useMutation(api.flows.rename.mutationOptions())
  const queries = useQueryClient()
  const [who, setWho] = useState<'new' | 'all'>('new')
  const [share, setShare] = useState(String(preview.share))
  const shares = sharesWith(preview.share)
  const [notes, setNotes] = useState('')
  // What becomes of those inside is asked as soon as anybody is.
  const [plan, setPlan] = useState<PeoplePlan>({ people: undefined, lacks: preview.inFlight > 0 ? '' : null })
  const { reasons = {}, save } = useReasons(flowId)
  // What is being written counts although its field was not left yet.
  const [written, setWritten] = useState<Readonly<Record<string, string>>>({})
  const typed = Object.fromEntries(Object.entries(written).filter(([, text]) => isReason(text)))
  const unexplained = preview.warnings.filter(({ key, given }) => !(typed[key] ?? reasons[key] ?? given))
  const publish = useMutation(
    api.flows.publish.mutationOptions({
      onSuccess: async ({ version, scans }) => {
        await queries.invalidateQueries({ queryKey: api.flows.pathKey() })
        await queries.invalidateQueries({ queryKey: api.live.pathKey() })
        onClose()
        onPublished()
        toast({
          words: scans.length > 0 ? `Version ${version} is live. People who match are coming in now.` : `Version ${version} is live.`,
        })
      },
    }),
  )
  const planAt = useMutation(
    api.flows.publishAt.mutationOptions({
      onSuccess: async (_, { dueAt }) => {
        await queries.invalidateQueries({ queryKey: api.flows.pathKey() })
        onClose()
        toast({ words: `It goes live ${dateWords(dueAt, { now: Date.now(), zone: undefined }, true)}, unless the draft changes.` })
      },
    }),
  )
  const [when, setWhen] = useState<number | null>(null)
  const errors = preview.issues.filter((it) => it.severity === 'error')
  if (errors.length > 0) return <Errors errors={errors} {...{ onSave, onAgain, onClose, onShow }} />
  if (preview.same) {
    return (
      <>
        <p className="dialog-text">The draft does the same as version {preview.liveVersion}, which is live. There is nothing to publish.</p>
        <div className="dialog-foot">
          <Button onClick={onClose}>Close</Button>
        </div>
      </>
    )
  }
  if (preview.lacks.length > 0) {
    return (
      <>
        <p className="dialog-text">{changesWords(preview)}</p>
        <Callout tone="warn" title="Others look at it first">
          {preview.lacks.join(' ')}
        </Callout>
        <div className="dialog-foot">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" data-autofocus onClick={onReview}>
            Go to the review
          </Button>
        </div>
      </>
    )
  }
  const go = async () => {
    const words = called.trim()
    if (unnamed && words !== '' && words !== name) await rename.mutateAsync({ id: flowId, name: words })
    const chosen = {
      ...{ id: flowId, rev: preview.rev, enrolMatching: who === 'all', share: Number(share), reasons: typed, notes },
      ...(plan.people ? { people: plan.people } : {}),
    }
    if (when === null) publish.mutate(chosen)
    else planAt.mutate({ ...chosen, dueAt: when })
  }
  const blocked = unexplained.length > 0 || plan.lacks !== null || Number.isNaN(when)
  const around = preview.issues.filter((it) => it.severity === 'warning' && it.around)
  const failed = rename.error ?? publish.error ?? planAt.error
  // What it is called now, or is about to be.
  const title = unnamed && called.trim() !== '' ? called.trim() : name
  const total = preview.matching.reduce((sum, it) => sum + it.people, 0)
  const building = preview.matching.some((it) => it.building)
  return (
    <>
      <p className="dialog-text">{changesWords(preview)}</p>
      {around.map((it) => (
        <div key={it.code} className="publish-around">
          <Callout tone="warn" title={it.say}>
            <MendAround issue={it} />
          </Callout>
        </div>
      ))}
      {unnamed && (
        <TextField
          label="What this flow is called"
          data-autofocus
          maxLength={120}
          value={called}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setCalled(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && !blocked && void go().catch(() => undefined)}
        />
      )}
      {preview.inFlight > 0 && (
        <Later what="What becomes of the people inside" fallback={<SkeletonText lines={4} />}>
          <PeopleInFlight flowId={flowId} onChange={setPlan} />
        </Later>
      )}
      {preview.matching.length > 0 && total === 0 && !building && (
        <p className="publish-who">Nobody matches now. Whoever joins from now on comes in.</p>
      )}
      {preview.matching.length > 0 && (total > 0 || building) && (
        <Radio.Group
          className="publish-who"
          label={`${people(total)} ${total === 1 ? 'matches' : 'match'} now${building ? ' (still being counted)' : ''}`}
          description={preview.matching.map((it) => `${it.name}: ${fullNumber(it.people)}`).join(' · ')}
          value={who}
          onChange={(value) => setWho(value === 'all' ? 'all' : 'new')}
        >
          <Radio value="new" label="Only people who join from now on come in" />
          <Radio
            value="all"
            label={
              share === '1' ? `These ${people(total)} come in at once, too` : 'Those of them who are in the roll-out come in at once, too'
            }
          />
        </Radio.Group>
      )}
      <Reach flowId={flowId} atOnce={who === 'all' ? Math.ceil(total * Number(share)) : 0} />
      <NextWeek preview={preview} share={Number(share)} />
      <ByTime preview={preview} />
      <Select
        className="publish-share"
        label="Share of arrivals let in"
        description={
          share === '1'
            ? undefined
            : 'Always the same ones, by lot. Members of a segment wait until you let more in; others are noted as not in the roll-out.'
        }
        allowDeselect={false}
        data={[...shares]}
        value={share}
        onChange={(to) => setShare(to ?? '1')}
      />
      {preview.warnings.length > 0 && (
        <fieldset className="publish-warnings">
          <legend>{preview.warnings.length === 1 ? 'One warning may stand if you say why' : 'Warnings may stand if you say why'}</legend>
          <ul>
            {preview.warnings.map(({ key, issue, given }) => (
              <li key={key}>
                <button type="button" className="problem" onClick={() => onShow(issue)}>
                  <IconExclamationCircle size={16} stroke={1.75} className="warn" aria-hidden="true" />
                  {issue.say}
                </button>
                <ReasonField
                  about={issue.say}
                  given={reasons[key] ?? given}
                  writable
                  onWrite={(text) => setWritten((before) => ({ ...before, [key]: text }))}
                  onSave={(reason) => save(key, reason)}
                />
              </li>
            ))}
          </ul>
        </fieldset>
      )}
      {preview.liveVersion !== null && (
        <Textarea
          className="publish-notes"
          label="What changed, and why"
          description="Stands with the version, for those who read it later."
          autosize
          minRows={1}
          maxRows={6}
          maxLength={1000}
          value={notes}
          onChange={(event) => setNotes(event.currentTarget.value)}
        />
      )}
      <LaunchTime flowId={flowId} planned={preview.launch} when={when} onWhen={setWhen} />
      {failed && (
        <p className="small danger" role="alert">
          {failed.message}
        </p>
      )}
      <div className="dialog-foot">
        {unexplained.length === 0 && plan.lacks !== null && <span className="small muted grow">{plan.lacks}</span>}
        {unexplained.length > 0 && (
          <span className="small muted grow">
            {unexplained.length === 1 ? 'One warning needs a reason.' : `${unexplained.length} warnings need a reason.`}
          </span>
        )}
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          busy={rename.isPending || publish.isPending || planAt.isPending}
          disabled={blocked}
          data-autofocus={unnamed ? undefined : true}
          // What goes wrong is told above.
          onClick={() => void go().catch(() => undefined)}
        >
          {when !== null
            ? 'Plan the launch'
            : preview.liveVersion === null
              ? `Publish ${title.length > 24 ? '' : title}`.trim()
              : `Publish ${preview.version} over ${preview.liveVersion}`}
        </Button>
      </div>
    </>
  )
}

type ErrorsProps = Pick<ReadyProps, 'onSave' | 'onAgain' | 'onClose' | 'onShow'> & { errors: readonly Issue[] }

/** What keeps a flow from going live: a press goes to the step; ways that lead nowhere can be ended at once. */
function Errors({ errors, onSave, onAgain, onClose, onShow }: ErrorsProps) {
  const store = useEditorStore()
  const [mending, setMending] = useState(false)
  const writable = useEditor((state) => !state.readOnly)
  const open = openWays(errors, store.getState().history.present)
  const mended = async () => {
    setMending(true)
    if (await onSave()) onAgain()
    else {
      setMending(false)
      toast({ words: 'This is not saved yet. Try again when it is.', bad: true })
    }
  }
  return (
    <>
      <p className="dialog-text">
        {errors.length === 1 ? 'One thing stands' : `${errors.length} things stand`} between this flow and its launch.
      </p>
      <ul className="publish-issues">
        {errors.slice(0, 8).map((it) => (
          <li key={`${it.nodes.join()} ${it.say}`}>
            <button type="button" onClick={() => onShow(it)}>
              <IconAlertTriangle size={16} stroke={1.75} className="danger" aria-hidden="true" />
              <span className="grow">{it.say}</span>
              <span className="link small">Show</span>
            </button>
          </li>
        ))}
      </ul>
      <div className="dialog-foot">
        <Button onClick={onClose}>Back to the flow</Button>
        {writable && <EndHere primary ways={open} busy={mending} onDone={() => void mended()} />}
      </div>
    </>
  )
}

const HOW = {
  dates: (name: string) => `by the date ${name}`,
  schedule: (name: string) => `by schedule, of ${name}`,
  joins: (name: string, n: number) => `who ${n === 1 ? 'joins' : 'join'} ${name}, as many as of late`,
  events: (name: string) => `by ${name}, as many as of late`,
} as const

/** Who will come in within the next seven days, as far as that can be known. */
function NextWeek({ preview: { week }, share }: { preview: Preview; share: number }) {
  if (week.length === 0) return null
  const expected = (n: number) => Math.round(n * share)
  const all = week.reduce((sum, it) => sum + expected(it.people), 0)
  return (
    <div className="publish-week">
      <b>In the next 7 days {all === 0 ? 'nobody is expected to come in' : `about ${people(all)} ${all === 1 ? 'comes' : 'come'} in`}</b>
      {all > 0 && (
        <ul className="small muted">
          {week
            .filter((it) => expected(it.people) > 0)
            .map(({ node, how, name, people: n }) => (
              <li key={node}>{`${fullNumber(expected(n))} ${HOW[how](name, expected(n))}`}</li>
            ))}
        </ul>
      )}
    </div>
  )
}

/** Who comes in by time: dates of people, and the next times of schedules. */
function ByTime({ preview }: { preview: Preview }) {
  if (preview.dates.length + preview.times.length === 0) return null
  return (
    <ul className="publish-times">
      {preview.dates.map(({ node, label, people: all, soon }) => (
        <li key={node}>
          <b>{label}</b>: {soon === 0 ? 'nobody comes in' : `${people(soon)} ${soon === 1 ? 'comes' : 'come'} in`} within 30 days, of{' '}
          {people(all)} with this date.
        </li>
      ))}
      {preview.times.map(({ node, name, people: all, next }) => (
        <li key={node}>
          <b>{name}</b>: {people(all)} now,{' '}
          {next.map((at, i) => (
            <span key={at}>
              {i > 0 && ', '}
              <DateText at={at} style="full" />
            </span>
          ))}
          {next.length === 0 ? 'never' : ' and so on'}.
        </li>
      ))}
    </ul>
  )
}
