import './life.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Answers, api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { DateText } from '../../ui/date-text.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Chip } from '../../ui/marks.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { SIDES, STAGES } from './people.ts'

type Step = Answers['contacts']['life'][number]

/** What happened, as a sentence without its subject. */
const WHAT: Readonly<Record<string, string>> = {
  added: 'Came into Baton',
  created: 'Handed to sales',
  assigned: 'Given to a rep',
  reassigned: 'Moved to another rep',
  accepted: 'Accepted',
  'given-back': 'Given back to the team',
  'clawed-back': 'Taken back: nobody was in touch in time',
  escalated: 'Waits for a manager',
  rejected: 'Rejected',
  disqualified: 'Disqualified',
  overflow: 'Nobody could take it',
  'no-response': 'Nobody answered',
  opportunity: 'Opportunity opened',
  won: 'Won',
  lost: 'Lost',
  known: 'Told from elsewhere: the CRM, an import or a merge',
}

/** What it is called where somebody did by hand what Baton does by itself otherwise. */
const BY_HAND: Readonly<Record<string, string>> = {
  'clawed-back': 'Taken back',
  'no-response': 'Given back to marketing',
}

/** How a person came to stand where they stand: stage and side at every moment, with who, what and when. */
export function Life({ contactId }: { contactId: number }) {
  const life = useQuery(api.contacts.life.queryOptions({ id: contactId }, { refetchInterval: 15_000 }))
  if (life.error) return <FailedFrame what="The life cycle" error={life.error} onRetry={() => void life.refetch()} />
  if (!life.data) return <SkeletonRows rows={3} />
  return (
    <section className="life" aria-labelledby="life">
      <h3 id="life">Life cycle</h3>
      <ol>
        {life.data.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are positions in time
          <LifeLine key={at} step={step} now={at === 0} />
        ))}
      </ol>
    </section>
  )
}

function LifeLine({ step, now }: { step: Step; now: boolean }) {
  const seller = useMay('admin', 'sales_manager')
  const { at, what, stage, ownerSide, ownerName, byName, byId, why, handoffId } = step
  const sales = ownerSide === 'sales'
  const words = (byId === null ? undefined : BY_HAND[what]) ?? WHAT[what] ?? 'Changed'
  return (
    <li className={sales ? 'sales' : undefined}>
      <i className="life-dot" aria-hidden="true" />
      <div>
        {seller && handoffId !== null ? (
          <Link to="/desk/$leadId" params={{ leadId: String(handoffId) }} className="name">
            {words}
          </Link>
        ) : (
          <span className="name">{words}</span>
        )}
        {why !== null && <span className="muted">: {why}</span>}
        <p className="small muted">
          <DateText at={at} style="full" />
          {byName !== null && (byId === null ? ', by Baton itself' : `, by ${byName}`)}
        </p>
      </div>
      <span className="row">
        <Chip tone={now ? 'accent' : 'plain'}>{STAGES[stage]}</Chip>
        <Chip tone={sales ? 'sales' : 'line'}>{sales && ownerName !== null ? `With ${ownerName}` : SIDES[ownerSide]}</Chip>
      </span>
    </li>
  )
}
