import { IconArrowLeft } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { ButtonLink } from '../../ui/button.tsx'
import { useNow } from '../../ui/date-text.tsx'
import { clockWords } from '../../ui/date-words.ts'
import { Avatar } from '../../ui/marks.tsx'
import { Actions } from './actions.tsx'
import type { Lead } from './queries.ts'
import { Standing } from './standing.tsx'

const route = getRouteApi('/frame/desk')

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
  const place = lead.contact?.city ?? countryWords(lead.contact?.country ?? null)
  if (title === null && company === null && place === null && zone === null) return null
  return (
    <p className="muted">
      {title}
      {title !== null && company !== null && ' at '}
      {company !== null && <strong>{company}</strong>}
      {place !== null && `${title !== null || company !== null ? ', ' : ''}${place}`}
      {(title !== null || company !== null || place !== null) && '. '}
      {zone !== null && `It is ${clockWords(now, zone)} there.`}
    </p>
  )
}

/** Who it is, where it stands, and what can be done. */
export function LeadHead({ lead }: { lead: Lead }) {
  const { rep } = route.useSearch()
  return (
    <header className="lead-head">
      <div className="who">
        <ButtonLink
          to="/desk"
          search={{ rep }}
          look="quiet"
          className="only-narrow"
          aria-label="To the list"
          icon={<IconArrowLeft size={16} stroke={1.75} aria-hidden="true" />}
        />
        <Avatar name={lead.name} size="l" quiet />
        <div className="grow who-words">
          <h1>{lead.name}</h1>
          <About lead={lead} />
        </div>
        <Standing lead={lead} />
      </div>
      <div className="acts">
        <Actions lead={lead} />
      </div>
    </header>
  )
}
