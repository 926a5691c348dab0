import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '../../shell/api.ts'
import { Button } from '../../ui/button.tsx'
import { DateText, useNow } from '../../ui/date-text.tsx'
import { dateWords, spanWords } from '../../ui/date-words.ts'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { dragLeads } from './drag.ts'
import { type BoardLead, type Holder, STATES, standing } from './words.ts'

type Props = {
  teamId: string | null
  of: Holder
  zone: string
  picked: ReadonlyMap<number, BoardLead>
  onPick: (picked: ReadonlyMap<number, BoardLead>) => void
  onMove: (leads: readonly BoardLead[]) => void
}

/** The open leads of a row, those with the nearest deadline first: to be picked, moved, or dragged onto another rep. */
export function RepLeads({ teamId, of, zone, picked, onPick, onMove }: Props) {
  const now = useNow()
  const leads = useQuery(api.board.leads.queryOptions({ teamId, of }, { refetchInterval: 15_000 }))
  if (leads.error) return <FailedFrame what="These leads" error={leads.error} onRetry={() => void leads.refetch()} />
  if (!leads.data) return <SkeletonRows rows={2} />
  if (leads.data.length === 0) return <p className="muted board-none">Nothing is left here.</p>
  const all = leads.data.every((it) => picked.has(it.id))
  const pick = (some: readonly BoardLead[], on: boolean) => {
    const next = new Map(picked)
    for (const it of some) {
      if (on) next.set(it.id, it)
      else next.delete(it.id)
    }
    onPick(next)
  }
  return (
    <table className="table leads-table" aria-label="Leads">
      <thead>
        <tr>
          <th className="pick">
            <input
              type="checkbox"
              className="check"
              aria-label={all ? 'Pick none of these' : 'Pick all of these'}
              checked={all}
              onChange={() => pick(leads.data, !all)}
            />
          </th>
          <th>Lead</th>
          <th>State</th>
          <th>Deadline</th>
          <th>Handed over</th>
          <th>From</th>
          <th aria-label="What to do" />
        </tr>
      </thead>
      <tbody>
        {leads.data.map((lead) => (
          <tr
            key={lead.id}
            className="row-line drags"
            draggable
            onDragStart={(event) => dragLeads(event, picked.has(lead.id) ? [...picked.values()] : [lead])}
          >
            <td className="pick">
              <input
                type="checkbox"
                className="check"
                aria-label={`Pick ${lead.name}`}
                checked={picked.has(lead.id)}
                onChange={() => pick([lead], !picked.has(lead.id))}
              />
            </td>
            <td>
              <Link to="/desk/$leadId" params={{ leadId: String(lead.id) }} className="name">
                {lead.name}
              </Link>
              {lead.company !== null && <span className="muted">, {lead.company}</span>}
            </td>
            <td>
              {lead.opportunityId !== null && lead.state === 'accepted' ? 'Deal' : (STATES[lead.state] ?? lead.state)}
              {lead.had > 0 && <span className="faint"> · had by {lead.had} before</span>}
            </td>
            <td>
              <Deadline lead={lead} now={now} zone={zone} />
            </td>
            <td className="muted">
              <DateText at={lead.createdAt} />
            </td>
            <td className="muted clip">{lead.flowName ?? '–'}</td>
            <td className="acts">
              <span>
                <Button size="small" look="quiet" onClick={() => onMove([lead])}>
                  Move…
                </Button>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** By when, and how that stands: in words and colour. */
function Deadline({ lead, now, zone }: { lead: BoardLead; now: number; zone: string }) {
  const { deadline } = lead
  if (deadline === null) return <span className="faint">–</span>
  const how = standing(lead, now)
  if (how === 'met') return <span className="muted">in time</span>
  if (how === 'late')
    return <span className="danger">{lead.firstActivityAt === null ? `${spanWords(now - deadline)} late` : 'was late'}</span>
  const left = deadline - now
  return (
    <span className={left < 1_800_000 ? 'danger' : undefined} title={`First contact by ${dateWords(deadline, { now, zone }, true)}`}>
      {dateWords(deadline, { now, zone })}
    </span>
  )
}
