import { useHotkeys } from '@mantine/hooks'
import { IconAlertTriangle, IconCircleCheck, IconExclamationCircle } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answers, api } from '../../shell/api.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { DateText } from '../../ui/date-text.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { MultiSelect, Textarea } from '../../ui/fields.tsx'
import { Avatar, StateDot } from '../../ui/marks.tsx'
import { Section } from '../../ui/panel.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toast.ts'
import { useBeingWritten } from './being-written.ts'
import { Simulation } from './simulation.tsx'

type State = Answers['reviews']['state']
type Flow = { id: string; name: string }
type Props = { flow: Flow; rev: number; mayEdit: boolean; onShow: (nodes: readonly string[]) => void; onReload: () => void }

/** Who has said what of this draft, what is still missing, what the checks say; and where one says it oneself. */
export function Decision({ flow, rev, mayEdit, onShow, onReload }: Props) {
  const state = useQuery(api.reviews.state.queryOptions({ flowId: flow.id }, { refetchInterval: 5_000, staleTime: 0 }))
  if (state.isError) return <FailedFrame what="The review" error={state.error} onRetry={() => void state.refetch()} />
  if (!state.data) return <SkeletonRows rows={5} height={40} />
  const { review, mayNotAnswer } = state.data
  const mayAnswer = review !== null && mayNotAnswer === null
  return (
    <>
      <Section title="Approval">
        <Standing state={state.data} />
      </Section>
      {review && (
        <Section title={`${review.askedByName ?? 'Somebody'} asks for a review`} right={<DateText at={review.askedAt} />}>
          {review.note !== '' && <p className="review-note">{review.note}</p>}
          <Reviewers state={state.data} />
        </Section>
      )}
      {mayAnswer ? <Answer flow={flow} rev={rev} onReload={onReload} /> : <Unsent flow={flow} why={review ? mayNotAnswer : null} />}
      {review && mayNotAnswer !== null && <p className="review-hint small muted">{mayNotAnswer}</p>}
      <Simulation flowId={flow.id} kept={state.data.simulation} needed={state.data.approval.simulationNeeded} />
      <Checks flow={flow} onShow={onShow} />
      {mayEdit && <Ask key={review?.id ?? 'none'} flow={flow} state={state.data} keys={!review || mayNotAnswer !== null} />}
    </>
  )
}

function Standing({ state: { approval } }: { state: State }) {
  if (approval.needed === 0 && approval.lacks.length === 0)
    return (
      <p className="small muted">
        This workspace asks for no approval. A review helps all the same; an admin changes that in the settings.
      </p>
    )
  if (approval.lacks.length === 0)
    return (
      <Callout tone="ok" title={`Approved by ${approval.given.map((it) => it.name).join(' and ')}`}>
        It may go live as it is. Any change voids that.
      </Callout>
    )
  return (
    <Callout tone="warn" title="Not ready to go live">
      {approval.lacks.join(' ')}
    </Callout>
  )
}

function Reviewers({ state: { review } }: { state: State }) {
  if (!review) return null
  return (
    <ul className="reviewers" aria-label="Who looks at it">
      {review.reviewers
        .filter((it) => it.asked || it.answer !== null)
        .map((it) => (
          <li key={it.userId}>
            <Avatar name={it.name} size="s" quiet />
            <span className="grow">
              {it.name}
              {it.note !== '' && <span className="small muted"> {it.note}</span>}
            </span>
            {it.answer === null ? (
              <StateDot tone="faint">asked</StateDot>
            ) : it.outdated ? (
              <StateDot tone="faint">{it.answer === 'approved' ? 'approved another draft' : 'asked for changes before'}</StateDot>
            ) : (
              <StateDot tone={it.answer === 'approved' ? 'ok' : 'warn'}>
                {it.answer === 'approved' ? 'approved' : 'asked for changes'}
              </StateDot>
            )}
          </li>
        ))}
    </ul>
  )
}

/** Invalidates all that a deed in a review changes. */
function useSaid() {
  const queries = useQueryClient()
  return async () => {
    await queries.invalidateQueries({ queryKey: api.reviews.pathKey() })
    await queries.invalidateQueries({ queryKey: api.flows.publishPreview.queryKey() })
  }
}

/** What is written of a draft before one answers. */
const answerTo = ({ id }: Flow) => `answer ${id}`

/** An answer that nobody waits for any more: what was written is not lost by that. */
function Unsent({ flow, why }: { flow: Flow; why: string | null }) {
  const said = useSaid()
  const [note, setNote] = useBeingWritten(answerTo(flow))
  const say = useMutation(
    api.reviews.comment.mutationOptions({
      onSuccess: async () => {
        setNote('')
        await said()
        toast({ words: `Your words stand among the comments on ${flow.name}.` })
      },
    }),
  )
  if (note.trim() === '') return null
  return (
    <Section title="Your answer">
      <Callout tone="warn" title="Not sent.">
        {why ?? 'Nobody asks for a review any more: it was withdrawn, or another draft went live.'}
      </Callout>
      <Textarea
        className="review-field"
        label="What you wrote"
        autosize
        minRows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {say.error && (
        <p className="small danger" role="alert">
          {say.error.message}
        </p>
      )}
      <div className="row review-deeds">
        <Button
          look="primary"
          busy={say.isPending}
          onClick={() => say.mutate({ flowId: flow.id, thread: null, node: null, text: note, mentions: [] })}
        >
          Leave it as a comment
        </Button>
        <Button look="quiet" onClick={() => setNote('')}>
          Throw it away
        </Button>
      </div>
    </Section>
  )
}

function Answer({ flow, rev, onReload }: { flow: Flow; rev: number; onReload: () => void }) {
  const said = useSaid()
  const [note, setNote] = useBeingWritten(answerTo(flow))
  const answer = useMutation(
    api.reviews.answer.mutationOptions({
      onSuccess: async (_, input) => {
        setNote('')
        await said()
        toast({ words: input.answer === 'approved' ? `You approve ${flow.name}.` : `You asked for changes to ${flow.name}.` })
      },
      onError: () => onReload(),
    }),
  )
  const give = (what: 'approved' | 'changes') => answer.mutate({ flowId: flow.id, rev, answer: what, note })
  // Out of the field of the note, too.
  useHotkeys([['mod+Enter', () => !answer.isPending && give('approved')]], [])
  return (
    <Section title="Your answer">
      <Textarea
        label="Note"
        placeholder="What you looked at, or what should change"
        autosize
        minRows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {answer.error && (
        <p className="small danger" role="alert">
          {answer.error.message}
        </p>
      )}
      <div className="row review-deeds">
        <Button look="primary" busy={answer.isPending} onClick={() => give('approved')}>
          Approve
        </Button>
        <Button busy={answer.isPending} onClick={() => give('changes')}>
          Ask for changes
        </Button>
      </div>
    </Section>
  )
}

function Ask({ flow, state, keys }: { flow: Flow; state: State; keys: boolean }) {
  const said = useSaid()
  const { review, people } = state
  const [who, setWho] = useState<string[]>(() =>
    review ? review.reviewers.filter((it) => it.asked && !it.editor).map((it) => it.userId) : [],
  )
  const [note, setNote] = useBeingWritten(`ask ${flow.id}`)
  const ask = useMutation(
    api.reviews.ask.mutationOptions({
      onSuccess: async () => {
        setNote('')
        await said()
        toast({ words: 'Asked. They see it among their notes.' })
      },
    }),
  )
  const withdraw = useMutation(
    api.reviews.withdraw.mutationOptions({ onSuccess: said, onError: (error) => toast({ words: error.message, bad: true }) }),
  )
  const free = people.filter((it) => !it.editor)
  const send = () => ask.mutate({ flowId: flow.id, note, reviewers: who })
  useHotkeys([['mod+Enter', () => keys && who.length > 0 && !ask.isPending && send()]], [])
  return (
    <Section title={review ? 'Ask again' : 'Ask for a review'}>
      {free.length === 0 ? (
        <p className="small muted">Nobody else is here who could look at it. An admin invites people in the settings.</p>
      ) : (
        <>
          <MultiSelect
            label="Who looks at it"
            placeholder={who.length === 0 ? 'Choose people' : undefined}
            data={free.map((it) => ({ value: it.id, label: it.name }))}
            value={who}
            onChange={setWho}
            searchable
          />
          <Textarea
            className="review-field"
            label="Note"
            placeholder="What they should look at"
            autosize
            minRows={2}
            maxLength={2000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {ask.error && (
            <p className="small danger" role="alert">
              {ask.error.message}
            </p>
          )}
          <div className="row review-deeds">
            <Button look={review ? undefined : 'primary'} disabled={who.length === 0} busy={ask.isPending} onClick={send}>
              {review ? 'Ask again' : 'Ask for a review'}
            </Button>
            {review && (
              <Button look="quiet" busy={withdraw.isPending} onClick={() => withdraw.mutate({ flowId: flow.id })}>
                Withdraw
              </Button>
            )}
          </div>
        </>
      )}
    </Section>
  )
}

function Checks({ flow, onShow }: { flow: Flow; onShow: (nodes: readonly string[]) => void }) {
  const preview = useQuery(api.flows.publishPreview.queryOptions({ id: flow.id }, { staleTime: 0 }))
  if (!preview.data) return null
  const errors = preview.data.issues.filter((it) => it.severity === 'error')
  const { warnings } = preview.data
  return (
    <Section title="Checks">
      {errors.length + warnings.length === 0 && (
        <p className="review-check">
          <IconCircleCheck size={16} stroke={1.75} className="ok" aria-hidden="true" />
          Every check passes.
        </p>
      )}
      <ul className="review-checks">
        {errors.map((it) => (
          <li key={`${it.code} ${it.nodes.join()} ${it.say}`}>
            <button type="button" className="review-check" onClick={() => onShow(it.nodes)}>
              <IconAlertTriangle size={16} stroke={1.75} className="danger" aria-label="Error" />
              {it.say}
            </button>
          </li>
        ))}
        {warnings.map(({ key, issue, given }) => (
          <li key={key}>
            <button type="button" className="review-check" onClick={() => onShow(issue.nodes)}>
              <IconExclamationCircle size={16} stroke={1.75} className="warn" aria-label="Warning" />
              {issue.say}
            </button>
            <p className="small muted">{given ? `Stands: ${given.reason} (${given.byName})` : 'Nobody has said why it may stand.'}</p>
          </li>
        ))}
      </ul>
    </Section>
  )
}
