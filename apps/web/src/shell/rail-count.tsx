import { useQuery } from '@tanstack/react-query'
import { fullNumber } from '../ui/numbers.ts'
import { api } from './api.ts'

/** How much waits behind an entry of the rail: the leads that nobody answered yet, at Desk. A dot where there is no room for words. */
export function RailCount({ path, wide }: { path: string; wide: boolean }) {
  const here = path === '/desk'
  const { data } = useQuery(api.desk.counts.queryOptions(undefined, { enabled: here, refetchInterval: 30_000 }))
  const waiting = data?.waiting ?? 0
  if (!here || waiting === 0) return null
  return (
    <>
      <span className="unseen">, </span>
      <span className={wide ? 'n' : 'unseen'}>{fullNumber(waiting)}</span>
      <span className="unseen"> waiting</span>
      {!wide && <span className="rail-dot" />}
    </>
  )
}
