import { useQuery } from '@tanstack/react-query'
import { api } from '../../shell/api.ts'

const share = ({ decided, onTime }: { decided: number; onTime: number }): string | null =>
  decided === 0 ? null : `${Math.round((100 * onTime) / decided)}%`

/** The foot of the list: how many of the leads of the last 30 days were met in time. Nothing where no time was promised. */
export function OnTimeFoot({ manager }: { manager: boolean }) {
  const { data } = useQuery(api.desk.onTime.queryOptions(undefined, { staleTime: 5 * 60_000, refetchInterval: 5 * 60_000 }))
  const own = data && share(data.own)
  const team = data && share(data.team)
  if (!team) return null
  return (
    <footer className="on-time num" title={`${data.team.onTime} of ${data.team.decided} leads of the team`}>
      <b className="grow">On time, last 30 days</b>
      {manager || !own ? <b>{team}</b> : <b title={`${data.own.onTime} of ${data.own.decided} of your leads`}>{own}</b>}
      {!manager && own && <span className="small faint">team {team}</span>}
    </footer>
  )
}
