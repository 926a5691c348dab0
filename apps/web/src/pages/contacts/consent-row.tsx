import { Link } from '@tanstack/react-router'
import { Callout } from '../../ui/callout.tsx'
import { DateText } from '../../ui/date-text.tsx'
import { Consents } from './consents.tsx'
import type { Contact } from './people.ts'

/** Whether we may write to them, topic by topic, and what stops all mail. */
export function ConsentRow({ contact }: { contact: Contact }) {
  return (
    <div className="stack">
      {contact.suppressed !== null && (
        <Callout tone="warn" title="No mail goes to this address">
          {suppressedWords(contact.suppressed)} <Link to="/settings/suppression">Suppressed addresses</Link>
        </Callout>
      )}
      <Consents contact={contact} />
      {contact.asks.map((ask) => (
        <p key={ask.at} className="small muted">
          Asked by mail on <DateText at={ask.at} style="full" /> (form {ask.formName}), not confirmed
        </p>
      ))}
    </div>
  )
}

const suppressedWords = (reason: string): string =>
  ({
    bounced: 'A mail came back for good.',
    complained: 'They reported a mail as spam.',
    'by-hand': 'Somebody put it on the list.',
    imported: 'It came with a list.',
  })[reason] ?? `Reason: ${reason}.`
