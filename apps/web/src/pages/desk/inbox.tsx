import type { Answers } from '../../shell/api.ts'
import { useNow } from '../../ui/date-text.tsx'
import { InboxRow } from './inbox-row.tsx'
import { OnTimeFoot } from './on-time.tsx'
import type { LeadRow } from './queries.ts'
import { RepFilter } from './rep-filter.tsx'
import { type Section, sectionsOf } from './sections.ts'

type Counts = Answers['desk']['list']['counts']
type Props = { leads: readonly LeadRow[]; counts: Counts; chosen: number | undefined; manager: boolean; rep: string | undefined }

/** How many there are, of all and not only of those that are listed. */
function countOf({ id, leads }: Section, counts: Counts): string {
  if (id === 'back') return `${counts.back} in 30 days`
  if (id === 'queue') return String(counts.queue)
  if (id === 'won') return `${counts.won} in 30 days`
  return String(leads.length)
}

/** The list of leads in sections, what is most urgent first. */
export function Inbox({ leads, counts, chosen, manager, rep }: Props) {
  const now = useNow()
  const open = counts.waiting + counts.working + counts.sleeping + counts.queue
  const late = leads.filter((lead) => lead.clock !== null && lead.clock.left < 0).length
  return (
    <>
      <header>
        <h2 className="grow">{manager ? 'Leads' : 'Your leads'}</h2>
        {late > 0 && <span className="small danger num">{late} late</span>}
        <span className="small muted num">{open} open</span>
      </header>
      {manager && <RepFilter rep={rep} />}
      <nav className="inbox-list" aria-label="Leads">
        {sectionsOf(leads, now).map((section) => (
          <section key={section.id}>
            <h3 className="inbox-head">
              {section.head}
              <span className="right num">{countOf(section, counts)}</span>
            </h3>
            <ul>
              {section.leads.map((lead) => (
                <li key={lead.id}>
                  <InboxRow lead={lead} chosen={lead.id === chosen} now={now} manager={manager} rep={rep} />
                </li>
              ))}
            </ul>
          </section>
        ))}
        {leads.length === 0 && <p className="inbox-none muted">No leads yet. They appear here by themselves.</p>}
      </nav>
      <OnTimeFoot manager={manager} />
    </>
  )
}
