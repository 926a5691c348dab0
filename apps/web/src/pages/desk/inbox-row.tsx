import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { dayWords, spanWords } from '../../ui/date-words.ts'
import { Avatar } from '../../ui/marks.tsx'
import type { LeadRow } from './queries.ts'
import { pointsWords, scoreSum } from './sections.ts'

type Props = { lead: LeadRow; chosen: boolean; now: number; manager: boolean; rep: string | undefined }

/** The end of the first line: how long it waits, or since when it is where it is. */
function when({ state, since }: LeadRow, now: number): string {
  return state === 'accepted' || state === 'rejected' ? dayWords(since, { now }, true) : spanWords(Math.max(0, now - since))
}

/** A lead in the list: score, name and company, why now in one line. */
export function InboxRow({ lead, chosen, now, manager, rep }: Props) {
  const ref = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (chosen) ref.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const sum = scoreSum(lead.scores)
  const rejected = lead.state === 'rejected'
  const who = manager ? (lead.repName ?? 'Nobody yet') : 'You'
  return (
    <Link
      ref={ref}
      to="/desk/$leadId"
      params={{ leadId: String(lead.id) }}
      search={{ rep }}
      className={chosen ? 'lead cur' : 'lead'}
      aria-current={chosen ? 'true' : undefined}
    >
      <span className="scorebox" title={`All scores when handed over: ${pointsWords(sum)} points`}>
        <span className="unseen">Score </span>
        {pointsWords(Math.round(sum / 100) * 100)}
      </span>
      <span className="lead-name clip">
        <b>{lead.name}</b> <span className="small muted">{lead.company}</span>
      </span>
      <span className={rejected || lead.state === 'accepted' ? 'left faint' : 'left muted'}>{when(lead, now)}</span>
      <span className="why">
        <span className="clip grow">{rejected ? `${who} rejected: ${lead.rejectReason ?? 'no reason'}` : lead.why}</span>
        {manager && lead.repName !== null && !rejected && <Avatar name={lead.repName} size="s" />}
      </span>
    </Link>
  )
}
