import '../../../ui/table.css'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../shell/api.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { FailedFrame } from '../../../ui/error-frame.tsx'
import { Avatar } from '../../../ui/marks.tsx'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { SKIPPED } from './team.ts'

const figure = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 })

/** Who would get the next leads, by the router that gives them out, and what it looks at. */
export function NextLeads({ teamId }: { teamId: string }) {
  const asked = useQuery(api.teams.next.queryOptions({ id: teamId }, { refetchInterval: 15_000 }))
  if (asked.error) return <FailedFrame what="Who is next" error={asked.error} onRetry={() => void asked.refetch()} />
  if (!asked.data) return <SkeletonRows rows={6} />
  const { names, next } = asked.data
  const nameOf = (id: string) => names[id] ?? 'Somebody who is gone'
  const [first] = next
  const given = next.filter((it) => it.repId !== null)
  const end = next.find((it) => it.nobody !== null)
  if (!first || (given.length === 0 && first.skipped.length === 0 && first.turns.length === 0)) {
    return <EmptyState title="Nobody is in this team.">Add a member: then somebody is next.</EmptyState>
  }
  return (
    <div className="stack">
      <p className="muted prose">
        The next leads, if they came now and nobody answered meanwhile. An owner of the account and a territory are asked before.
      </p>
      <ol className="next-leads" aria-label="The next leads">
        {given.map(({ repId }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what the line is about
          <li key={at}>
            <span className="faint num">{at + 1}</span>
            <Avatar name={nameOf(repId ?? '')} size="s" quiet />
            <span>{nameOf(repId ?? '')}</span>
          </li>
        ))}
        {end && (
          <li className="warn">
            <span className="faint num">{given.length + 1}</span>
            {end.nobody === 'waiting' ? 'Waits in the queue: nobody who is there has room.' : 'Overflows: nobody can take it.'}
          </li>
        )}
      </ol>
      <h3 className="part">How the turns stand</h3>
      <table className="table">
        <thead>
          <tr>
            <th>Rep</th>
            <th className="num" title="Leads that were accepted or wait for an answer; older ones count less and less">
              Leads lately
            </th>
            <th className="num" title="Given after an absence, so that nobody is flooded on return">
              Made up for
            </th>
            <th className="num">Weight</th>
            <th className="num">For the weight</th>
          </tr>
        </thead>
        <tbody>
          {first.turns.map((turn, at) => (
            <tr key={turn.repId}>
              <td>
                {nameOf(turn.repId)}
                {at === 0 && <span className="small muted"> is next: the least for the weight</span>}
              </td>
              <td className="num">{figure.format(turn.count)}</td>
              <td className="num">{turn.credit === 0 ? <span className="faint">–</span> : figure.format(turn.credit)}</td>
              <td className="num">{turn.weight}</td>
              <td className="num">{figure.format(turn.ratio)}</td>
            </tr>
          ))}
          {first.skipped.map(({ repId, code }) => (
            <tr key={repId}>
              <td className="faint">{nameOf(repId)}</td>
              <td colSpan={4} className="muted">
                {SKIPPED[code]}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
