import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { isFinal, problemWords } from '../../shell/problem.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { DateText } from '../../ui/date-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { LeadHead } from './lead-head.tsx'
import { LeadSide } from './lead-side.tsx'
import { NoteBox } from './note-box.tsx'
import { type Lead, leadQuery } from './queries.ts'
import { Timeline } from './timeline.tsx'

const route = getRouteApi('/frame/desk/$leadId')

/** What stays of a lead whose person is no longer shown: own notes. */
function Gone({ lead }: { lead: Lead }) {
  const won = lead.state === 'won'
  return (
    <section className="happened">
      <EmptyState title={won ? 'This lead is won' : 'This person is with marketing again'}>
        What they do is no longer shown to you. If they are handed to you again, all of it is here.
      </EmptyState>
      {lead.ownNotes.length > 0 && (
        <div className="own-notes">
          <h2>Your notes</h2>
          <ul>
            {lead.ownNotes.map(({ id, at, note }) => (
              <li key={id}>
                <p className="note-text">{note}</p>
                <p className="small faint">
                  <DateText at={at} />
                </p>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

/** One lead: who, what happened, why now. */
export function LeadPage() {
  const id = Number(route.useParams().leadId)
  const lead = useQuery(leadQuery(id))
  if (lead.error && isFinal(lead.error)) {
    return (
      <div className="lead-page">
        <h1 className="unseen">Desk</h1>
        <EmptyState title="This lead is not here" actions={<ButtonLink to="/desk">To the list</ButtonLink>}>
          {problemWords(lead.error)}
        </EmptyState>
      </div>
    )
  }
  if (lead.error && !lead.data) {
    return (
      <div className="lead-page">
        <FailedFrame what="This lead" error={lead.error} onRetry={() => void lead.refetch()} />
      </div>
    )
  }
  if (!lead.data) {
    return (
      <div className="lead-page">
        <SkeletonRows rows={10} />
      </div>
    )
  }
  const { contact } = lead.data
  return (
    <div className="lead-page" key={id}>
      <LeadHead lead={lead.data} />
      <div className="lead-body">
        {contact ? <Timeline happenings={contact.happenings} foot={<NoteBox leadId={id} />} /> : <Gone lead={lead.data} />}
        <LeadSide lead={lead.data} />
      </div>
    </div>
  )
}
