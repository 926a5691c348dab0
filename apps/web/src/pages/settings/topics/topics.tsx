import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../shell/api.ts'
import { useMay } from '../../../shell/person.ts'
import { problemWords } from '../../../shell/problem.ts'
import { Button } from '../../../ui/button.tsx'
import { confirm } from '../../../ui/confirm.ts'
import { fullNumber } from '../../../ui/numbers.ts'
import { type Column, Table } from '../../../ui/table.tsx'
import { toast } from '../../../ui/toast.ts'
import { SettingsHead } from '../settings-head.tsx'
import type { Topic } from './topic.ts'
import { TopicDialog } from './topic-dialog.tsx'

/** What people agree to get mail about. */
export function Topics() {
  const { data } = useSuspenseQuery(api.topics.list.queryOptions({ archived: true }))
  const uses = useQuery(api.topics.uses.queryOptions())
  const may = useMay('admin', 'marketer')
  const queries = useQueryClient()
  const [edited, setEdited] = useState<Topic | 'new' | null>(null)
  const archive = useMutation(
    api.topics.archive.mutationOptions({
      onError: (error) => toast({ words: problemWords(error), bad: true }),
      onSettled: () => queries.invalidateQueries(api.topics.pathFilter()),
    }),
  )
  const use = (id: string) => uses.data?.find((it) => it.id === id)
  const columns: readonly Column<Topic>[] = [
    {
      id: 'name',
      head: 'Topic',
      cell: ({ name, description, archived }) => (
        <>
          <span className="name">{name}</span>
          <p className="small muted clip">{archived ? 'Put away: nobody is asked about it.' : description}</p>
        </>
      ),
    },
    { id: 'confirm', head: 'Asked again by mail', width: 150, cell: ({ doubleOptIn }) => (doubleOptIn ? 'Always' : 'As each form says') },
    { id: 'messages', head: 'Messages', num: true, width: 90, cell: ({ id }) => number(use(id)?.messages) },
    { id: 'people', head: 'Agreed', num: true, width: 90, cell: ({ id }) => number(use(id)?.people) },
  ]
  const put = async ({ id, name, archived }: Topic) => {
    const text = 'Nobody is asked about it any more. What people said stays known, and comes back with it.'
    if (archived || (await confirm({ title: `Put the topic ${name} away?`, text, deed: 'Put away' }))) {
      archive.mutate(
        { id, archived: !archived },
        { onSuccess: () => toast({ words: archived ? `${name} is back.` : `${name} is put away.` }) },
      )
    }
  }
  return (
    <>
      <SettingsHead
        title="Topics"
        deed={
          may ? (
            <Button look="primary" onClick={() => setEdited('new')}>
              New topic…
            </Button>
          ) : undefined
        }
      >
        What people agree to get mail about. Each marketing message goes out under one topic, to those who agreed to it; every mail has a
        link to a page where its reader chooses.
      </SettingsHead>
      <Table
        label="Topics"
        tall
        rows={data}
        rowKey={(topic) => topic.id}
        columns={columns}
        onOpen={may ? setEdited : undefined}
        actions={
          may
            ? (topic) => (
                <>
                  <Button size="small" look="quiet" onClick={() => setEdited(topic)}>
                    Change…
                  </Button>
                  {!topic.system && (
                    <Button size="small" look="quiet" onClick={() => void put(topic)}>
                      {topic.archived ? 'Take out again' : 'Put away…'}
                    </Button>
                  )}
                </>
              )
            : undefined
        }
      />
      <TopicDialog topic={edited} onClose={() => setEdited(null)} />
    </>
  )
}

const number = (n: number | undefined) => (n === undefined ? '–' : fullNumber(n))
