import { DateText } from '../../ui/date-text.tsx'
import { Facts, Section } from '../../ui/panel.tsx'
import type { Contact, Lead } from './queries.ts'
import { WhyNow } from './why-now.tsx'

const may = ({ consent, suppressed, email }: Contact): string => {
  if (email === null) return 'no address to mail to'
  if (suppressed !== null) return `no mail: ${suppressed}`
  return consent ? 'mail about offers and news' : 'no consent to mail'
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

/** Why now, what marketing says, and how to reach the person. */
export function LeadSide({ lead }: { lead: Lead }) {
  const { contact, note, packetFields } = lead
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a column that scrolls must be reached by keyboard
    <aside className="panel lead-side" aria-label="About this lead" tabIndex={0}>
      {lead.rejectReason !== null && (
        <Section title="Why it was rejected">
          <p>{lead.rejectReason}</p>
          {lead.rejectNote !== null && <p className="muted note-text">{lead.rejectNote}</p>}
        </Section>
      )}
      <WhyNow lead={lead} />
      {note !== null && note !== '' && (
        <Section title="Note from marketing">
          <p className="muted note-text">{note}</p>
        </Section>
      )}
      {packetFields !== null && packetFields.length > 0 && (
        <Section title="Handed over with">
          <Facts facts={packetFields.map(({ label, value }) => [label, valueWords(value)])} />
        </Section>
      )}
      {contact && (
        <Section title="Contact">
          <Facts
            facts={[
              ['Phone', contact.phone ?? <span className="faint">not known</span>],
              ['E-mail', contact.email ?? <span className="faint">not known</span>],
              ['May we', may(contact)],
            ]}
          />
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
    </aside>
  )
}
