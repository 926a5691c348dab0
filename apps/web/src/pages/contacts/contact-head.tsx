import { zoneOfCountry } from '@baton/leads'
import { useNow } from '../../ui/date-text.tsx'
import { clockWords } from '../../ui/date-words.ts'
import { Avatar, Chip } from '../../ui/marks.tsx'
import { type Contact, nameOf, SIDES, STAGES, titleAt } from './people.ts'

/** Who it is, what stage they are at, who has them, and what time it is there. */
export function ContactHead({ contact }: { contact: Contact }) {
  const now = useNow()
  const name = nameOf(contact)
  const country = typeof contact.fields.country === 'string' ? contact.fields.country : ''
  const zone = contact.zone ?? zoneOfCountry(country) ?? null
  const owner = contact.handoffs.find((it) => it.repId !== null && it.repId === contact.ownerId)?.repName ?? null
  const about = [titleAt(contact), country].filter((it) => it !== '').join(', ')
  const inSales = contact.ownerSide === 'sales'
  return (
    <header className="contact-head">
      <Avatar name={name} size="l" quiet />
      <div className="grow">
        <h2>{name}</h2>
        <p className="muted">
          {about}
          {about !== '' && '. '}
          {zone !== null && `It is ${clockWords(now, zone)} there (${zone}).`}
          {about === '' && zone === null && contact.key !== name && contact.key}
        </p>
      </div>
      <div className="row">
        <Chip>{STAGES[contact.stage]}</Chip>
        <Chip tone={inSales ? 'sales' : 'line'}>{owner === null || !inSales ? SIDES[contact.ownerSide] : `With ${owner}`}</Chip>
      </div>
    </header>
  )
}
