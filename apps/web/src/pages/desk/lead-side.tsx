import { Link } from '@tanstack/react-router'
import { DateText, useNow } from '../../ui/date-text.tsx'
import { dateWords, dayWords } from '../../ui/date-words.ts'
import { Facts, Section } from '../../ui/panel.tsx'
import { happeningWords, plainWords } from './happening-words.ts'
import { mailNow } from './mail-words.ts'
import { openingOf } from './opening.ts'
import type { Contact, Lead } from './queries.ts'
import { WhyNow } from './why-now.tsx'

const may = ({ consent, suppressed, email }: Contact): string => {
  if (email === null) return 'call'
  if (suppressed !== null) return 'call; mail is stopped'
  return consent ? 'call, mail about offers and news' : 'call; no consent to mail'
}

const valueWords = (value: unknown): string =>
  value === null || value === undefined || value === ''
    ? '–'
    : typeof value === 'boolean'
      ? value
        ? 'yes'
        : 'no'
      : Array.isArray(value)
        ? value.join(', ')
        : String(value)

/** What to begin with: marketing's own words first, then what the history says by itself. */
function OpenWith({ lead, contact }: { lead: Lead; contact: Contact }) {
  const now = useNow()
  const lines = openingOf(contact, now)
  if (!lead.note && lines.length === 0) return null
  return (
    <Section title="Open with">
      {lead.note && <p className="note-text open-with">{lead.note}</p>}
      {lines.length > 0 && <p className="muted open-with">{lines.join(' ')}</p>}
    </Section>
  )
}

/** The company, and what its other people did lately. */
function Company({ company }: { company: NonNullable<Contact['company']> }) {
  const now = useNow()
  return (
    <Section
      title={company.name}
      right={<span className="small muted num">{company.people === 1 ? '1 person' : `${company.people} people`}</span>}
    >
      {(company.domain !== null || company.facts.length > 0) && (
        <Facts
          facts={[
            ...(company.domain === null ? [] : [['Web', company.domain] as const]),
            ...company.facts.map(({ label, value }) => [label, valueWords(value)] as const),
          ]}
        />
      )}
      {company.colleagues.length > 0 && (
        <ul className="colleagues">
          {company.colleagues.map((one) => {
            const who = one.name ?? one.jobTitle ?? 'A colleague'
            return (
              <li key={`${one.latest.id}/${one.latest.at}`}>
                <p>
                  {one.leadId === null ? (
                    <b>{who}</b>
                  ) : (
                    <Link to="/desk/$leadId" params={{ leadId: String(one.leadId) }}>
                      {who}
                    </Link>
                  )}
                  {one.name !== null && one.jobTitle !== null && <span className="small muted"> {one.jobTitle}</span>}
                </p>
                <p className="small muted">
                  {plainWords(happeningWords(one.latest, now))}, {dateWords(one.latest.at, { now })}
                </p>
              </li>
            )
          })}
        </ul>
      )}
    </Section>
  )
}

const ENDED: Readonly<Record<string, string>> = {
  rejected: 'rejected',
  lost: 'lost',
  won: 'won',
  'no-response': 'not reached',
  overflow: 'nobody had room',
  closed: 'closed',
  accepted: 'accepted',
  assigned: 'open',
  sleeping: 'open',
  queued: 'open',
  routing: 'open',
}

/** Earlier times at which this person was with sales, and how each ended. */
function Earlier({ earlier }: { earlier: Contact['earlier'] }) {
  const now = useNow()
  return (
    <Section title="With sales before" right={<span className="small muted num">{earlier.length}</span>}>
      <ul className="earlier">
        {earlier.map(({ id, at, state, repName, flowName, why, note }) => (
          <li key={id}>
            <p>
              <b>{dayWords(at, { now })}</b>, {ENDED[state] ?? state}
              {repName === null ? '' : ` by ${repName}`}
              {why === null ? '' : `: ${why}`}
            </p>
            {(note ?? flowName) !== null && <p className="small muted">{note ?? flowName}</p>}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Why now, what to begin with, and how to reach the person. */
export function LeadSide({ lead }: { lead: Lead }) {
  const now = useNow()
  const { contact, packetFields, mail } = lead
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a column that scrolls must be reached by keyboard
    <aside className="panel lead-side" aria-label="About this lead" tabIndex={0}>
      {lead.rejectReason !== null && (
        <Section title="Why it was rejected">
          <p>{lead.rejectReason}</p>
          {lead.rejectNote !== null && <p className="muted note-text">{lead.rejectNote}</p>}
        </Section>
      )}
      {contact && <OpenWith lead={lead} contact={contact} />}
      <WhyNow lead={lead} />
      {contact && (
        <Section title="Contact">
          <Facts
            facts={[
              [
                'Phone',
                contact.phone === null ? (
                  <span key="none" className="faint">
                    not known
                  </span>
                ) : (
                  <a key="phone" href={`tel:${contact.phone.replace(/[^+\d]/g, '')}`}>
                    {contact.phone}
                  </a>
                ),
              ],
              [
                'E-mail',
                contact.email === null ? (
                  <span key="no-mail" className="faint">
                    not known
                  </span>
                ) : (
                  <span key="mail" className="clip-line" title={contact.email}>
                    {contact.email}
                  </span>
                ),
              ],
              ['May we', may(contact)],
              ...(mail === null ? [] : [['Mail now', mailNow(mail, lead.name, now)] as const]),
            ]}
          />
        </Section>
      )}
      <div className="side-more">
        {!contact && lead.note !== null && lead.note !== '' && (
          <Section title="Note from marketing">
            <p className="muted note-text">{lead.note}</p>
          </Section>
        )}
        {contact?.company && <Company company={contact.company} />}
        {contact && contact.earlier.length > 0 && <Earlier earlier={contact.earlier} />}
        {packetFields !== null && packetFields.length > 0 && (
          <Section title="Handed over with">
            <Facts facts={packetFields.map(({ label, value }) => [label, valueWords(value)])} />
          </Section>
        )}
        <Section title="Where it comes from">
          <Facts
            facts={[
              ['Flow', lead.flowName ?? 'a flow that is gone'],
              ['Handed over', <DateText key="at" at={lead.createdAt} style="full" />],
              ['Team', lead.teamName ?? 'a team that is gone'],
              ['Rep', lead.repName ?? 'nobody yet'],
            ]}
          />
        </Section>
      </div>
    </aside>
  )
}
