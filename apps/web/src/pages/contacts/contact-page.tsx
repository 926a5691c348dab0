import './contacts.css'
import './contact.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { api } from '../../shell/api.ts'
import { isFinal, problemWords } from '../../shell/problem.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { ContactActions } from './contact-actions.tsx'
import { ContactHead } from './contact-head.tsx'
import { ContactSide } from './contact-side.tsx'
import { Handoffs } from './handoffs.tsx'
import { Journey } from './journey.tsx'
import { Mails } from './mails.tsx'
import { nameOf } from './people.ts'
import { Related } from './related/related.tsx'
import { Story } from './story.tsx'

const route = getRouteApi('/frame/contacts/$contactId')
type Show = 'journey' | 'story' | 'mails' | 'sales' | 'related'

/** One person: who it is, why they stand where they stand, what happened, what they were sent. */
export function ContactPage() {
  const id = Number(route.useParams().contactId)
  const contact = useQuery(api.contacts.get.queryOptions({ id }, { refetchInterval: 15_000 }))
  const fields = useQuery(api.fields.list.queryOptions())
  const catalog = useQuery(api.flows.catalog.queryOptions())
  const [chosen, setShow] = useState<Show | null>(null)
  const person = contact.data
  const name = person && nameOf(person)
  useEffect(() => {
    if (name !== undefined) document.title = `${name} · Baton`
  }, [name])
  const crumbs = [
    <Link key="contacts" to="/contacts">
      Contacts
    </Link>,
    name ?? '…',
  ]
  const error = contact.error ?? fields.error ?? catalog.error
  if (error && isFinal(error)) {
    return (
      <div className="page">
        <TopBar crumbs={crumbs} />
        <EmptyState title="This person is not here" actions={<ButtonLink to="/contacts">To the list</ButtonLink>}>
          {problemWords(error)}
        </EmptyState>
      </div>
    )
  }
  if (!person || !fields.data || !catalog.data) {
    return (
      <div className="page">
        <TopBar crumbs={crumbs} />
        {error ? <FailedFrame what="This person" error={error} onRetry={() => void contact.refetch()} /> : <SkeletonRows rows={10} />}
      </div>
    )
  }
  const show = chosen ?? (person.passages.length > 0 ? 'journey' : 'story')
  const count = (n: number) => (n > 0 ? <span className="faint num">{n}</span> : null)
  return (
    <div className="page" key={id}>
      <TopBar crumbs={crumbs}>
        <ContactActions contact={person} catalog={catalog.data} />
      </TopBar>
      <ContactHead contact={person} />
      <div className="work">
        <div className="contact-main">
          <Tabs
            label="What to look at"
            value={show}
            onChange={setShow}
            tabs={[
              { value: 'journey', label: <>Journey {count(person.passages.length)}</> },
              { value: 'story', label: 'What happened' },
              { value: 'mails', label: <>Mails {count(person.sends.length)}</> },
              { value: 'sales', label: <>Sales {count(person.handoffs.length)}</> },
              { value: 'related', label: 'Company and purchases' },
            ]}
          />
          <div className="contact-body">
            {show === 'journey' && <Journey contact={person} catalog={catalog.data} />}
            {show === 'story' && <Story contact={person} />}
            {show === 'mails' && <Mails contact={person} />}
            {show === 'sales' && <Handoffs contact={person} />}
            {show === 'related' && <Related contactId={person.id} />}
          </div>
        </div>
        <ContactSide contact={person} fields={fields.data} />
      </div>
    </div>
  )
}
