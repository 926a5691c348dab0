import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answers, api } from '../../shell/api.ts'
import { Button } from '../../ui/button.tsx'
import { DateText } from '../../ui/date-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { MultiSelect, Switch, Textarea } from '../../ui/fields.tsx'
import { Avatar } from '../../ui/marks.tsx'
import { toast } from '../../ui/toast.ts'
import { cardCatalog, wordsOf } from '../canvas/card-words.ts'
import { readStep } from '../geometry.ts'
import { useEditor } from '../store.ts'
import { useBeingWritten } from './being-written.ts'

type Comment = Answers['reviews']['comments'][number]
type Show = (nodes: readonly string[]) => void

/** What a step is called here; one that is gone has no name any more. */
function useNameOf(): (node: string | null) => string {
  const graph = useEditor((state) => state.history.present)
  const catalog = useEditor((state) => state.catalog)
  return (node) => {
    if (node === null) return 'The whole flow'
    const step = graph.nodes.find((it) => it.id === node)
    if (!step) return 'A step that is gone'
    const { name, text } = wordsOf(step, readStep(step), cardCatalog(catalog, graph))
    return name ?? text
  }
}

/** What is said about the draft: a thread for each place, the open ones first shown alone. */
export function Threads({
  flowId,
  comments,
  node,
  onShow,
}: {
  flowId: string
  comments: readonly Comment[]
  node: string | null
  onShow: Show
}) {
  const [all, setAll] = useState(false)
  const nameOf = useNameOf()
  const heads = comments.filter((it) => it.id === it.thread)
  const resolved = heads.filter((it) => it.resolvedAt !== null).length
  const shown = heads.filter((it) => all || it.resolvedAt === null)
  return (
    <div className="threads">
      <Write
        flowId={flowId}
        thread={null}
        node={node}
        label={`Comment on ${node === null ? 'the whole flow' : nameOf(node)}`}
        deed="Comment"
      />
      {resolved > 0 && (
        <Switch label={`Show ${resolved} resolved`} checked={all} onChange={(event) => setAll(event.currentTarget.checked)} />
      )}
      {shown.length === 0 && (
        <EmptyState title="Nothing is open.">Choose a step to say something about it, or speak of the whole flow.</EmptyState>
      )}
      <ol aria-label="Comments">
        {shown.map((head) => (
          <li key={head.id} className={head.resolvedAt === null ? undefined : 'resolved'}>
            <Thread
              flowId={flowId}
              head={head}
              rest={comments.filter((it) => it.thread === head.id && it !== head)}
              place={nameOf(head.node)}
              onShow={onShow}
            />
          </li>
        ))}
      </ol>
    </div>
  )
}

function Thread({
  flowId,
  head,
  rest,
  place,
  onShow,
}: {
  flowId: string
  head: Comment
  rest: readonly Comment[]
  place: string
  onShow: Show
}) {
  const queries = useQueryClient()
  const [answering, setAnswering] = useState(false)
  const resolve = useMutation(
    api.reviews.resolve.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.reviews.comments.queryKey() }),
      onError: (error) => toast({ words: error.message, bad: true }),
    }),
  )
  const { node, resolvedAt } = head
  return (
    <>
      <button type="button" className="thread-place clip" disabled={node === null} onClick={() => node !== null && onShow([node])}>
        {place}
      </button>
      {[head, ...rest].map((it) => (
        <div key={it.id} className="said">
          <Avatar name={it.byName ?? '?'} size="s" quiet />
          <div>
            <p className="small">
              <b>{it.byName ?? 'Somebody'}</b>{' '}
              <span className="faint">
                <DateText at={it.at} />
              </span>
            </p>
            <p className="words">{it.text}</p>
          </div>
        </div>
      ))}
      {resolvedAt !== null && <p className="small muted">Resolved by {head.resolvedBy ?? 'somebody'}</p>}
      {answering ? (
        <Write flowId={flowId} thread={head.id} node={null} label={`Answer on ${place}`} deed="Answer" onDone={() => setAnswering(false)} />
      ) : (
        <div className="row">
          <Button size="small" look="quiet" onClick={() => setAnswering(true)}>
            Answer
          </Button>
          <Button
            size="small"
            look="quiet"
            busy={resolve.isPending}
            onClick={() => resolve.mutate({ flowId, thread: head.id, resolved: resolvedAt === null })}
          >
            {resolvedAt === null ? 'Resolve' : 'Open again'}
          </Button>
        </div>
      )}
    </>
  )
}

type WriteProps = {
  flowId: string
  thread: string | null
  node: string | null
  label: string
  deed: string
  onDone?: (() => void) | undefined
}

function Write({ flowId, thread, node, label, deed, onDone }: WriteProps) {
  const queries = useQueryClient()
  const [text, setText] = useBeingWritten(`comment ${flowId} ${thread ?? ''}`)
  const [mentions, setMentions] = useState<string[]>([])
  const people = useQuery(api.reviews.state.queryOptions({ flowId })).data?.people ?? []
  const say = useMutation(
    api.reviews.comment.mutationOptions({
      onSuccess: async () => {
        setText('')
        setMentions([])
        await queries.invalidateQueries({ queryKey: api.reviews.comments.queryKey() })
        onDone?.()
      },
    }),
  )
  const go = () => text.trim() !== '' && say.mutate({ flowId, thread, node, text, mentions })
  return (
    <div className="write">
      <Textarea
        label={label}
        autosize
        minRows={2}
        maxLength={2000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) go()
        }}
      />
      {text !== '' && (
        <MultiSelect
          label="Tell"
          placeholder={mentions.length === 0 ? 'Nobody in particular' : undefined}
          data={people.map((it) => ({ value: it.id, label: it.name }))}
          value={mentions}
          onChange={setMentions}
          searchable
        />
      )}
      {say.error && (
        <p className="small danger" role="alert">
          {say.error.message}
        </p>
      )}
      {(text !== '' || onDone) && (
        <div className="row">
          <Button size="small" look="primary" disabled={text.trim() === ''} busy={say.isPending} onClick={go}>
            {deed}
          </Button>
          {onDone && (
            <Button size="small" look="quiet" onClick={onDone}>
              Cancel
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
