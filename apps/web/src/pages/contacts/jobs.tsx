import { IconDownload } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type Answers, api } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { toast } from '../../ui/toast.ts'
import { peopleWords } from './people.ts'

type Job = Answers['contacts']['job']
type Do = Job['action']['do']

const doing: Readonly<Record<Do, string>> = {
  'set-field': 'Setting the field',
  consent: 'Recording consent',
  enrol: 'Adding to the flow',
  list: 'Changing the list',
  leave: 'Taking out of the flow',
  move: 'Moving to the step',
  retry: 'Trying again',
  remove: 'Deleting people',
  export: 'Writing the file',
}

const done: Readonly<Record<Do, (people: string) => string>> = {
  'set-field': (people) => `The field is set for ${people}.`,
  consent: (people) => `Consent is recorded for ${people}.`,
  enrol: (people) => `${people} were sent to the flow.`,
  list: (people) => `The list is changed for ${people}.`,
  leave: (people) => `${people} were taken out of the flow.`,
  move: (people) => `${people} were moved. Whoever is on an older version without that step stays where they are.`,
  retry: (people) => `The step is tried again for ${people}.`,
  remove: (people) => `${people} deleted.`,
  export: (people) => `The file with ${people} is ready.`,
}

/** One job that was begun here: how far it is, how to stop it, what came of it. */
export function JobLine({ id, onClose }: { id: string; onClose: () => void }) {
  const queries = useQueryClient()
  const job = useQuery(
    api.contacts.job.queryOptions(
      { id },
      { refetchInterval: ({ state }) => (state.data && state.data.status !== 'running' ? false : 700) },
    ),
  )
  const cancel = useMutation(
    api.contacts.cancel.mutationOptions({
      onError: (error) => toast({ words: problemWords(error), bad: true }),
      onSettled: () => job.refetch(),
    }),
  )
  const over = job.data !== undefined && job.data.status !== 'running'
  useEffect(() => {
    if (!over) return
    const look = () => void queries.invalidateQueries({ queryKey: api.contacts.pathKey(), predicate: ({ queryKey }) => !isJob(queryKey) })
    look()
    // What was told to the inboxes is handled a moment later.
    const later = setTimeout(look, 1500)
    return () => clearTimeout(later)
  }, [over, queries])
  if (job.error) return <Callout tone="danger" title={problemWords(job.error)} action={<Close onClose={onClose} />} />
  if (!job.data) return null
  const { action, status, total, error, file } = job.data
  if (status === 'running') {
    return (
      <div className="job">
        <ProgressBar label={doing[action.do]} done={job.data.done} total={total} unit="people" onCancel={() => cancel.mutate({ id })} />
      </div>
    )
  }
  const people = peopleWords(job.data.done)
  if (status === 'failed')
    return (
      <Callout tone="danger" title={`${doing[action.do]} stopped after ${people}.`} action={<Close onClose={onClose} />}>
        {error ?? undefined}
      </Callout>
    )
  if (status === 'cancelled')
    return (
      <Callout tone="warn" title={`Stopped after ${people}.`} action={<Close onClose={onClose} />}>
        What was done until then stays.
      </Callout>
    )
  return (
    <Callout
      tone="ok"
      title={done[action.do](people)}
      action={
        <span className="row">
          {file && (
            <a className="btn small" href={`/api/exports/${id}.csv`} download>
              <IconDownload size={14} stroke={1.75} aria-hidden="true" />
              Download
            </a>
          )}
          <Close onClose={onClose} />
        </span>
      }
    />
  )
}

const isJob = (key: readonly unknown[]) => Array.isArray(key[0]) && key[0].includes('job')

const Close = ({ onClose }: { onClose: () => void }) => (
  <Button look="quiet" size="small" onClick={onClose}>
    Close
  </Button>
)
