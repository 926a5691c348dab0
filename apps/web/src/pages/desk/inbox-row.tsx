import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { dateWords } from '../../ui/date-words.ts'
import { Avatar } from '../../ui/marks.tsx'
import { TimeLeft } from '../../ui/ring-clock.tsx'
import type { LeadRow } from './queries.ts'
import { endWords, whyWords } from './row-words.ts'
import { pointsWords, scoreSum, sectionOf } from './sections.ts'

type Props = { lead: LeadRow; chosen: boolean; now: number; manager: boolean; rep: string | undefined }

/** The end of the first line: the clock while one runs, else when, or what is new. */
function End({ lead, now }: { lead: LeadRow; now: number }) {
  const { clock } = lead
  if (clock && sectionOf(lead, now) === 'now') {
    return (
      <span
        className="time-left-cell"
        title={clock.standsUntil === null ? undefined : `Stands still until ${dateWords(clock.standsUntil, { now })}`}
      >
        <TimeLeft leftMs={clock.left} wholeMs={clock.whole} />
      </span>
    )
  }
  const { words, tone } = endWords(lead, now)
  return <span className={`left ${tone}`}>{words}</span>
}

/** A lead in the list: score, name and company, why now in one line, time left. */
export function InboxRow({ lead, chosen, now, manager, rep }: Props) {
  const ref = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (chosen) ref.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const sum = scoreSum(lead.scores)
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
      <End lead={lead} now={now} />
      <span className="why">
        <span className="clip grow">{whyWords(lead, manager ? (lead.repName ?? 'Nobody yet') : 'You', now)}</span>
        {manager && lead.repName !== null && <Avatar name={lead.repName} size="s" />}
      </span>
    </Link>
  )
}
