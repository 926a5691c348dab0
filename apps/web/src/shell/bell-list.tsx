import './bell.css'
import { Popover } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type HTMLAttributes, type ReactElement, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { DateText } from '../ui/date-text.tsx'
import { Tip } from '../ui/tip.tsx'
import { type Answers, api } from './api.ts'

type Note = Answers['notifications']['list']['rows'][number]

type Props = {
  button: (open: boolean, onClick: () => void) => ReactElement<HTMLAttributes<HTMLElement>>
  wide: boolean
  unread: number
}

/** What steps told this person, beside the bell. Loaded when it is asked for, and open from then on until it is closed. */
export default function BellList({ button, wide, unread }: Props) {
  const [open, setOpen] = useState(true)
  return (
    <Popover position="right-end" offset={8} width={340} opened={open} onChange={setOpen} trapFocus returnFocus>
      {/* The button itself is the target: that something opens cannot be said of an element around it. */}
      <Tip words="Notes" side="right" off={wide || open}>
        <Popover.Target>{button(open, () => setOpen(!open))}</Popover.Target>
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
  const go = ({ id, contactId, flowId, leadId, readAt }: Note) => {
    if (readAt === null) read.mutate({ id })
    onClose()
    if (leadId !== null) void navigate({ to: '/desk/$leadId', params: { leadId: String(leadId) } })
    else if (contactId !== null) void navigate({ to: '/contacts/$contactId', params: { contactId: String(contactId) } })
    else if (flowId !== null)
      void navigate({ to: '/flows/$flowId', params: { flowId }, search: id.startsWith('review ') ? { mode: 'review' } : {} })
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
