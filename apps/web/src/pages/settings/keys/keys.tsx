import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type Answers, api } from '../../../shell/api.ts'
import { problemWords } from '../../../shell/problem.ts'
import { Button } from '../../../ui/button.tsx'
import { confirm } from '../../../ui/confirm.ts'
import { DateText } from '../../../ui/date-text.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Chip, StateDot } from '../../../ui/marks.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import { toast } from '../../../ui/toast.ts'
import { SettingsHead } from '../settings-head.tsx'
import { KeyDialog } from './key-dialog.tsx'
import { SiteSnippet } from './site-snippet.tsx'

type Key = Answers['keys']['list'][number]

const columns: readonly Column<Key>[] = [
  {
    id: 'name',
    head: 'Used in',
    cell: ({ name, origins }) => (
      <>
        <p className="name">{name}</p>
        {origins.length > 0 && <p className="second clip">only from {origins.join(', ')}</p>}
      </>
    ),
  },
  { id: 'kind', head: 'Kind', width: 90, cell: ({ kind }) => <Chip>{kind === 'browser' ? 'Browser' : 'Server'}</Chip> },
  { id: 'last4', head: 'Ends in', width: 80, cell: ({ last4 }) => <code>…{last4}</code> },
  { id: 'used', head: 'Last event', width: 120, cell: ({ lastUsedAt }) => <DateText at={lastUsedAt} /> },
  {
    id: 'state',
    head: 'State',
    width: 110,
    cell: ({ revokedAt }) => (revokedAt === null ? <StateDot tone="ok">Works</StateDot> : <StateDot tone="faint">Revoked</StateDot>),
  },
]

/** Keys of the sites and servers that send events. */
export function Keys() {
  const { data } = useSuspenseQuery(api.keys.list.queryOptions())
  const queries = useQueryClient()
  const [making, setMaking] = useState(false)
  const [shown, setShown] = useState<Key | null>(null)
  const revoke = useMutation(
    api.keys.revoke.mutationOptions({
      onError: (error) => toast({ words: problemWords(error), bad: true }),
      onSettled: () => queries.invalidateQueries(api.keys.pathFilter()),
    }),
  )
  const ask = async ({ id, name }: Key) => {
    const text = 'Events that come with it are refused from now on. This cannot be undone.'
    if (await confirm({ title: `Revoke the key of ${name}?`, text, deed: 'Revoke', danger: true })) revoke.mutate({ id })
  }
  const add = (
    <Button look="primary" onClick={() => setMaking(true)}>
      New key…
    </Button>
  )
  return (
    <>
      <SettingsHead title="Write keys" deed={data.length > 0 ? add : undefined}>
        A site or server names its key with every event it sends. How to send: <Link to="/settings/events">Send events</Link>.
      </SettingsHead>
      {data.length === 0 ? (
        <EmptyState title="Nothing may send events yet" actions={add}>
          Make a key for your site or your server, so that flows can react to what people do.
        </EmptyState>
      ) : (
        <Table
          label="Write keys"
          tall
          rows={data}
          rowKey={(key) => key.id}
          columns={columns}
          actions={(key) =>
            key.revokedAt === null ? (
              <>
                {key.publicKey !== null && (
                  <Button size="small" look="quiet" onClick={() => setShown(key)}>
                    Line for the site
                  </Button>
                )}
                <Button size="small" look="danger-quiet" onClick={() => void ask(key)}>
                  Revoke…
                </Button>
              </>
            ) : null
          }
        />
      )}
      <KeyDialog open={making} onClose={() => setMaking(false)} />
      <Dialog title={`Follow ${shown?.name ?? 'a site'}`} open={shown !== null} onClose={() => setShown(null)} width={560}>
        {shown !== null && shown.publicKey !== null && <SiteSnippet publicKey={shown.publicKey} />}
      </Dialog>
    </>
  )
}
