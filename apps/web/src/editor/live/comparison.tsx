import './comparison.css'
import { useQuery } from '@tanstack/react-query'
import { type Answers, api } from '../../shell/api.ts'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { comparisonWords, percent, verdictWords } from './comparison-words.ts'

type Way = Answers['live']['comparison']['ways'][number]

/** What became of the people whom chance sent different ways: a line per way, and what that shows. */
export function Comparison({ flowId, node }: { flowId: string; node: string }) {
  const found = useQuery(api.live.comparison.queryOptions({ flowId, node }, { refetchInterval: 30_000 }))
  if (found.isError) return <FailedFrame what="The comparison" error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return null
  const { goal, ways } = found.data
  const people = ways.reduce((sum, it) => sum + it.people, 0)
  // One scale for all ways, so that lengths compare; a little wider than the widest that is likely.
  const top = Math.min(1, 1.1 * Math.max(0.01, ...ways.map((it) => (it.people === 0 ? it.rate.share : it.rate.high))))
  return (
    <section className="comparison" aria-label="Comparison of the ways">
      <table>
        <thead>
          <tr>
            <th scope="col">Way</th>
            <th scope="col" className="num">
              People
            </th>
            {goal ? (
              <th scope="col">
                {goal.type} within {goal.days === 1 ? '1 day' : `${goal.days} days`}
              </th>
            ) : (
              <th scope="col" className="num">
                Share
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {ways.map((it) => (
            <tr key={it.id}>
              <th scope="row" className="clip" title={it.name}>
                {it.name}
                {it.holdOut && <span className="chip">hold-out</span>}
              </th>
              <td className="num">{fullNumber(it.people)}</td>
              {goal ? <Rate way={it} top={top} /> : <td className="num">{percent(people === 0 ? 0 : it.people / people)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {goal && (
        <ul className="found">
          {comparisonWords(ways).map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** A bar from zero, the share it stands for, and the bounds within which it lies. */
function Rate({ way, top }: { way: Way; top: number }) {
  const { rate, converted, people } = way
  if (people === 0) return <td className="muted">nobody yet</td>
  const at = (share: number) => `${Math.min(100, (100 * share) / top).toFixed(1)}%`
  const bounds = `${fullNumber(converted)} of ${fullNumber(people)}; with 95% certainty between ${percent(rate.low)} and ${percent(rate.high)}`
  return (
    <td title={bounds}>
      <div className="rate">
        <span className={`bar ${verdictWords(way).tone}`} aria-hidden="true">
          <i style={{ width: at(rate.share) }} />
          <b style={{ left: at(rate.low), width: `calc(${at(rate.high)} - ${at(rate.low)})` }} />
        </span>
        <span className="num">{percent(rate.share)}</span>
        <span className="unseen">{bounds}</span>
      </div>
    </td>
  )
}
