import './bell.css'
import { Popover } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { DateText } from '../ui/date-text.tsx'
import { Tip } from '../ui/tip.tsx'
import { type Answers, api } from './api.ts'

type Note = Answers['notifications']['list']['rows'][number]

const MOST = 100
const countWords = (n: number) => (n >= MOST ? `${MOST - 1}+` : String(n))

/** What steps told this person: how many are new, and the list. */
export function Bell({ wide }: { wide: boolean }) {
  const [open, setOpen] = useState(false)
  const unread = useQuery(api.notifications.unread.queryOptions(undefined, { refetchInterval: 15_000 })).data ?? 0
  const button = (
    <button type="button" className="rail-item" aria-expanded={open} onClick={() => setOpen(!open)}>
      <IconBell size={18} stroke={1.75} />
      <span className={wide ? undefined : 'unseen'}>Notes</span>
      {unread > 0 && (
        <>
          <span className="unseen">, </span>
          <span className={wide ? 'n' : 'unseen'}>{countWords(unread)}</span>
          <span className="unseen"> new</span>
          {!wide && <span className="rail-dot" />}
        </>
      )}
    </button>
  )
  return (
    <Popover position="right-end" offset={8} width={340} opened={open} onChange={setOpen} trapFocus returnFocus>
      {/* The button itself is the target: that something opens cannot be said of an element around it. */}
      <Tip words="Notes" side="right" off={wide || open}>
        <Popover.Target>{button}</Popover.Target>
      </Tip>
      <Popover.Dropdown className="bell" aria-label="Notes">
        {open && <Notes onClose={() => setOpen(false)} unread={unread} />}
      </Popover.Dropdown>
    </Popover>
  )
}

function Notes({ onClose, unread }: { onClose: () => void; unread: number }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const list = useInfiniteQuery(api.notifications.list.infiniteQueryOptions({}, { getNextPageParam: (page) => page.next }))
  const read = useMutation(
    api.notifications.read.mutationOptions({ onSettled: () => queries.invalidateQueries(api.notifications.pathFilter()) }),
  )
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  const [newest] = rows
  const go = ({ id, contactId, readAt }: Note) => {
    if (readAt === null) read.mutate({ id })
    onClose()
    if (contactId !== null) void navigate({ to: '/contacts/$contactId', params: { contactId: String(contactId) } })
  }
  return (
    <>
      <header>
        <h2>Notes</h2>
        {unread > 0 && newest && (
          <Button size="small" look="quiet" onClick={() => read.mutate({ upTo: newest.at })}>
            Mark all as read
          </Button>
        )}
      </header>
      {list.data && rows.length === 0 ? (
        <p className="small muted">Nothing yet. Flows write here when a step is to tell you something.</p>
      ) : (
        <ul>
          {rows.map((note) => (
            <li key={note.id}>
              <button type="button" className={note.readAt === null ? 'note new' : 'note'} onClick={() => go(note)}>
                {note.readAt === null && <span className="unseen">New: </span>}
                <span>{note.text}</span>
                <span className="small muted">
                  <DateText at={note.at} />
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button size="small" look="quiet" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          Older
        </Button>
      )}
    </>
  )
}
