import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { DateText } from '../../ui/date-text.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { notLetInWords } from '../not-let-in-words.ts'

const EVERY = 30_000
const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

/** Who was at the door in the last seven days and was not let in, by reason. Nothing while there is nobody. */
export function NotLetIn({ flowId }: { flowId: string }) {
  const [open, setOpen] = useState(false)
  const { data } = useQuery(api.live.notLetIn.queryOptions({ flowId }, { refetchInterval: EVERY, staleTime: 0 }))
  if (!data || data.counts.length === 0) return null
  const total = data.counts.reduce((sum, { n }) => sum + n, 0)
  return (
    <div className="float health-facts">
      <dl className="facts ends">
        <dt>Not let in, 7 days</dt>
        <dd>
          <button type="button" className="stuck" onClick={() => setOpen(true)}>
            {fullNumber(total)}
          </button>
        </dd>
      </dl>
      {open && (
        <Drawer title="Not let in, last 7 days" open onClose={() => setOpen(false)}>
          <dl className="facts ends people-head">
            {data.counts.map(({ why, n }) => (
              <div key={why} style={{ display: 'contents' }}>
                <dt>{capital(notLetInWords(why))}</dt>
                <dd>{fullNumber(n)}</dd>
              </div>
            ))}
          </dl>
          <ul className="people" aria-label="The latest">
            {data.latest.map((it) => (
              <li key={`${it.contactId} ${it.at} ${it.why}`}>
                <span className="grow">
                  <Link className="name" to="/contacts/$contactId" params={{ contactId: String(it.contactId) }}>
                    {it.key}
                  </Link>
                  <span className="small muted">{notLetInWords(it.why)}</span>
                </span>
                <span className="small muted when">
                  <DateText at={it.at} />
                </span>
              </li>
            ))}
          </ul>
        </Drawer>
      )}
    </div>
  )
}
