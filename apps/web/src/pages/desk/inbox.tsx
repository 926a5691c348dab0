import type { Answers } from '../../shell/api.ts'
import { useNow } from '../../ui/date-text.tsx'
import { InboxRow } from './inbox-row.tsx'
import type { LeadRow } from './queries.ts'
import { RepFilter } from './rep-filter.tsx'
import { type SectionId, sectionsOf } from './sections.ts'

type Counts = Answers['desk']['list']['counts']
type Props = { leads: readonly LeadRow[]; counts: Counts; chosen: number | undefined; manager: boolean; rep: string | undefined }

const countOf = (counts: Counts): Readonly<Record<SectionId, number>> => ({
  now: counts.waiting,
  queue: counts.queue,
  working: counts.working,
  back: counts.back,
})

/** The list of leads in sections, the one that waits longest first. */
export function Inbox({ leads, counts, chosen, manager, rep }: Props) {
  const now = useNow()
  const open = counts.waiting + counts.working + counts.queue
  const totals = countOf(counts)
  return (
    <>
      <header>
        <h2 className="grow">{manager ? 'Leads' : 'Your leads'}</h2>
        <span className="small muted num">{open} open</span>
      </header>
      {manager && <RepFilter rep={rep} />}
      <nav className="inbox-list" aria-label="Leads">
        {sectionsOf(leads).map((section) => (
          <section key={section.id}>
            <h3 className="inbox-head">
              {section.head}
              <span className="right num">{section.id === 'back' ? `${totals.back} in 30 days` : totals[section.id]}</span>
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
      </nav>
    </>
  )
}
