import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { DateText } from '../../ui/date-text.tsx'
import { Facts, Panel, Section } from '../../ui/panel.tsx'
import { ConsentRow } from './consent-row.tsx'
import type { Contact, Field } from './people.ts'
import { ProfileFields } from './profile-fields.tsx'
import { Scores } from './scores.tsx'

const kinds = { email: 'E-mail', external: 'Id elsewhere', anonymous: 'Browser' } as const

/** What is known: scores with every line, fields to be edited in place, consent, segments, names in other systems. */
export function ContactSide({ contact, fields }: { contact: Contact; fields: readonly Field[] }) {
  const { segments, identities, createdAt } = contact
  return (
    <Panel label="About this person" width={348}>
      <Scores contact={contact} />
      <Section title="May we mail">
        <ConsentRow contact={contact} />
      </Section>
      <Section title="Profile">
        <ProfileFields contact={contact} fields={fields} />
      </Section>
      <Section title="Segments" right={segments.length === 0 ? undefined : segments.length}>
        {segments.length === 0 ? (
          <p className="small muted">In no segment.</p>
        ) : (
          <Facts
            ends
            facts={segments.map(({ id, name, since }) => [
              name,
              <span key={id} className="small muted">
                since <DateText at={since} />
              </span>,
            ])}
          />
        )}
        {segments.length > 0 && (
          <p className="small side-link">
            <Link to="/segments">All segments</Link>
          </p>
        )}
      </Section>
      <Section title="Known as">
        <dl className="facts">
          {identities.map(({ kind, value }) => (
            <Fragment key={`${kind} ${value}`}>
              <dt>{kinds[kind]}</dt>
              <dd>{value}</dd>
            </Fragment>
          ))}
          <dt>Added</dt>
          <dd>
            <DateText at={createdAt} style="full" />
          </dd>
        </dl>
      </Section>
    </Panel>
  )
}
