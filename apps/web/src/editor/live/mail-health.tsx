import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { api } from '../../shell/api.ts'
import { Button } from '../../ui/button.tsx'
import { fullNumber, percent } from '../../ui/numbers.ts'

const LimitsDialog = lazy(() => import('./limits-dialog.tsx'))

const EVERY = 30_000

/** How the mails of a flow fare, against what would pause it. Nothing while it sends none. */
export function MailHealth({ flowId, mayEdit }: { flowId: string; mayEdit: boolean }) {
  const [asking, setAsking] = useState(false)
  const { data } = useQuery(api.sending.flow.queryOptions({ flowId }, { refetchInterval: EVERY, staleTime: 0 }))
  if (!data || (data.rates.mails === 0 && data.rates.lastHour === 0)) return null
  const { rates, limits } = data
  const share = (name: string, n: number, limit: number | null) => {
    const above = limit !== null && rates.mails > 0 && (100 * n) / rates.mails > limit
    return [name, percent(n, rates.mails), above ? 'danger' : undefined] as const
  }
  const facts = [
    [
      'Mails, last hour',
      fullNumber(rates.lastHour),
      limits.mailsPerHour !== null && rates.lastHour > limits.mailsPerHour ? 'danger' : undefined,
    ],
    ['Mails, 24 hours', fullNumber(rates.mails), undefined],
    share('Bounced', rates.bounced, limits.bounces),
    share('Reported as spam', rates.complained, limits.complaints),
    share('Unsubscribed', rates.unsubscribed, limits.unsubscribes),
  ] as const
  return (
    <div className="float health-facts">
      <dl className="facts ends">
        {facts.map(([name, value, tone]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd className={tone}>{value}</dd>
          </div>
        ))}
      </dl>
      {mayEdit && (
        <Button size="small" look="quiet" onClick={() => setAsking(true)}>
          Limits that pause it…
        </Button>
      )}
      {asking && (
        <Suspense>
          <LimitsDialog flowId={flowId} own={data.own} house={data.house} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </div>
  )
}
