import { IconArrowLeft, IconCheck, IconMail, IconPhone } from '@tabler/icons-react'
import { ButtonLink } from '../../ui/button.tsx'
import { DateText, useNow } from '../../ui/date-text.tsx'
import { clockWords, spanWords } from '../../ui/date-words.ts'
import { Avatar } from '../../ui/marks.tsx'
import { Answer } from './answer.tsx'
import type { Lead } from './queries.ts'

const icon = { size: 14, stroke: 1.75 }

/** A country's name; what is no code of two letters is taken as the name itself. */
function countryWords(country: string | null): string | null {
  if (country === null || !/^[a-z]{2}$/i.test(country)) return country
  return new Intl.DisplayNames('en', { type: 'region', fallback: 'code' }).of(country.toUpperCase()) ?? country
}

/** Title at company, and what time it is where the person is. */
function About({ lead }: { lead: Lead }) {
  const now = useNow()
  const title = lead.contact?.jobTitle ?? null
  const { company } = lead
  const zone = lead.contact?.zone ?? null
  const country = countryWords(lead.contact?.country ?? null)
  if (title === null && company === null && country === null && zone === null) return null
  return (
    <p className="muted">
      {title}
      {title !== null && company !== null && ' at '}
      {company !== null && <strong>{company}</strong>}
      {country !== null && `${title !== null || company !== null ? ', ' : ''}${country}`}
      {(title !== null || company !== null || country !== null) && '. '}
      {zone !== null && `It is ${clockWords(now, zone)} there.`}
    </p>
  )
}

/** Where the lead stands: how long it waits, or what became of it. */
function Standing({ lead }: { lead: Lead }) {
  const now = useNow()
  switch (lead.state) {
    case 'assigned':
      return (
        <div className="clock">
          <div>
            <b>Waits {spanWords(Math.max(0, now - lead.since))}</b>
            <span className="clock-by">
              for {lead.repName ?? 'an answer'}, since <DateText at={lead.since} />
            </span>
          </div>
        </div>
      )
    case 'routing':
    case 'queued':
      return (
        <div className="clock warn">
          <div>
            <b>Nobody has it yet</b>
            <span className="clock-by">{lead.teamName ?? 'The team'}: nobody has room. Goes to the first who has.</span>
          </div>
        </div>
      )
    case 'accepted':
      return (
        <div className="clock ok">
          <IconCheck size={20} stroke={1.75} aria-hidden="true" />
          <div>
            <b>Accepted</b>
            <span className="clock-by">
              {lead.answeredBy === lead.repId ? lead.repName : `by ${lead.answeredByName} for ${lead.repName ?? 'a rep who is gone'}`},{' '}
              <DateText at={lead.answeredAt} />
            </span>
          </div>
        </div>
      )
    case 'rejected':
    case 'overflow':
    case 'closed':
      return (
        <div className="clock">
          <div>
            <b>
              {lead.state === 'rejected'
                ? `Rejected${lead.answeredByName === null ? '' : ` by ${lead.answeredByName}`}`
                : 'With marketing again'}
            </b>
            <span className="clock-by">
              {lead.rejectReason === null ? '' : `${lead.rejectReason}, `}
              <DateText at={lead.answeredAt ?? lead.since} />
            </span>
          </div>
        </div>
      )
  }
}

/** Who it is, where it stands, and what can be done. */
export function LeadHead({ lead }: { lead: Lead }) {
  const { contact } = lead
  return (
    <header className="lead-head">
      <div className="who">
        <Avatar name={lead.name} size="l" quiet />
        <div className="grow">
          <h1>{lead.name}</h1>
          <About lead={lead} />
        </div>
        <Standing lead={lead} />
      </div>
      <div className="acts">
        <ButtonLink to="/desk" size="big" look="quiet" className="only-narrow" icon={<IconArrowLeft {...icon} />}>
          List
        </ButtonLink>
        {lead.state === 'assigned' && <Answer lead={lead} />}
        {contact?.phone != null && (
          <a className="btn big" href={`tel:${contact.phone.replace(/[^+\d]/g, '')}`}>
            <IconPhone {...icon} />
            Call
          </a>
        )}
        {contact?.email != null && (
          <a className="btn big" href={`mailto:${encodeURIComponent(contact.email)}`}>
            <IconMail {...icon} />
            Write
          </a>
        )}
      </div>
    </header>
  )
}
