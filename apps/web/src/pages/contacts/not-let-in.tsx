import { Link } from '@tanstack/react-router'
import { notLetInWords } from '../../editor/not-let-in-words.ts'
import { DateText } from '../../ui/date-text.tsx'
import type { Contact } from './people.ts'

/** Flows whose start matched this person, and that did not let them in. Kept for 90 days. */
export function NotLetIn({ contact }: { contact: Contact }) {
  if (contact.notLetIn.length === 0) return null
  return (
    <section className="passage">
      <header>
        <h3>Not let in</h3>
        <span className="small muted right">The latest of the last 90 days</span>
      </header>
      <ol className="not-let-in">
        {contact.notLetIn.map((it) => (
          <li key={`${it.flowId} ${it.node} ${it.at}`}>
            <span>
              <Link to="/flows/$flowId" params={{ flowId: it.flowId }}>
                {it.flow === '' ? 'A flow that is gone' : it.flow}
              </Link>
              : {notLetInWords(it.why)}
            </span>
            <span className="small muted">
              <DateText at={it.at} style="full" />
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
