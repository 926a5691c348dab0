import './consents.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answers, api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { confirm } from '../../ui/confirm.ts'
import { DateText } from '../../ui/date-text.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { StateDot } from '../../ui/marks.tsx'
import { SkeletonText } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toast.ts'
import { type Contact, nameOf } from './people.ts'

type Consents = Answers['topics']['ofContact']
type Topic = Consents['topics'][number]

/** What somebody agreed to, topic by topic, with who recorded it and when. */
export function Consents({ contact }: { contact: Contact }) {
  const consents = useQuery(api.topics.ofContact.queryOptions({ contactId: contact.id }))
  const [whole, setWhole] = useState(false)
  if (consents.isPending) return <SkeletonText lines={2} />
  if (consents.isError) return <FailedFrame what="What they agreed to" error={consents.error} onRetry={() => void consents.refetch()} />
  const { topics, history } = consents.data
  const names = new Map(topics.map(({ id, name }) => [id, name]))
  return (
    <div className="stack">
      {topics.map((topic) => (
        <TopicRow key={topic.id} contact={contact} topic={topic} last={history.find((it) => it.topic === topic.id)} />
      ))}
      {history.length > topics.length && (
        <Button size="small" look="quiet" onClick={() => setWhole(!whole)} aria-expanded={whole}>
          {whole ? 'Only what holds' : `All ${history.length} answers`}
        </Button>
      )}
      {whole && (
        <ol className="consent-history">
          {history.map(({ topic, given, at, source }) => (
            <li key={`${topic} ${at} ${given}`} className="small">
              <b>{given ? 'Yes' : 'No'}</b> to {names.get(topic) ?? topic}
              <p className="muted">
                <DateText at={at} style="full" />, {source.name ?? source.id}
              </p>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}

function TopicRow({ contact, topic, last }: { contact: Contact; topic: Topic; last: Consents['history'][number] | undefined }) {
  const mayEdit = useMay('admin', 'marketer')
  const queries = useQueryClient()
  const record = useMutation(
    api.topics.record.mutationOptions({
      onSuccess: () => {
        const look = () =>
          Promise.all([
            queries.invalidateQueries(api.topics.ofContact.queryFilter({ contactId: contact.id })),
            queries.invalidateQueries(api.contacts.get.queryFilter({ id: contact.id })),
          ])
        setTimeout(() => void look(), 1200)
        return look()
      },
      onError: (error) => toast({ words: problemWords(error), bad: true }),
    }),
  )
  const { id, name, given } = topic
  const set = async (to: boolean) => {
    const yes = await confirm(
      to
        ? {
            title: `${nameOf(contact)} agreed to ${name}?`,
            text:
              given === false
                ? 'They said no before. Record a yes only if they told you so themselves.'
                : 'It is noted with your name and the time.',
            deed: 'Record the yes',
          }
        : {
            title: `${nameOf(contact)} wants no mail about ${name}?`,
            text: 'Mail that waits is not sent any more.',
            deed: 'Record the no',
          },
    )
    if (yes) record.mutate({ contactId: contact.id, topic: id, given: to })
  }
  return (
    <div className="row consent-row">
      <div className="grow">
        <StateDot tone={given === true ? 'ok' : 'faint'}>{name}</StateDot>
        <p className="small muted">
          {given === null ? 'Not asked yet' : given ? 'Agreed' : 'Said no'}
          {last && given !== null && (
            <>
              , <DateText at={last.at} />: {last.source.name ?? last.source.id}
            </>
          )}
        </p>
      </div>
      {mayEdit && !topic.archived && (
        <Button size="small" busy={record.isPending} onClick={() => void set(given !== true)}>
          {given === true ? 'Record a no' : 'Record a yes'}
        </Button>
      )}
    </div>
  )
}
