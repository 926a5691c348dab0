import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { api, type Inputs } from '../../shell/api.ts'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { SentenceText } from '../contacts/sentence.tsx'
import { type Figure, shareWords } from './words.ts'

/** Rejections by each criterion of the version that decides. */
export function CriteriaTable({ agreementId, period }: { agreementId: string; period: Inputs['agreements']['criteria']['period'] }) {
  const found = useQuery(
    api.agreements.criteria.queryOptions({ id: agreementId, period }, { placeholderData: keepPreviousData, staleTime: 60_000 }),
  )
  if (found.isError) return <FailedFrame what="The criteria" error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data || found.data.criteria.length === 0) return null
  const { leads, criteria } = found.data
  return (
    <section>
      <h2>Rejected, by criterion</h2>
      <p className="small muted">
        The {fullNumber(leads)} latest answered leads, judged by each criterion as of when they were handed over. Fields that did not travel
        with them count as they are known today.
      </p>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Criterion</th>
            <th scope="col" className="num">
              Rejected of those who met it
            </th>
            <th scope="col" className="num">
              Of those who did not
            </th>
            <th scope="col" className="num">
              Could not be told
            </th>
          </tr>
        </thead>
        <tbody>
          {criteria.map(({ sentence, met, unmet, unknown }) => (
            <tr key={JSON.stringify(sentence)}>
              <th scope="row" className="sentence">
                <SentenceText sentence={sentence} />
              </th>
              <Cell figure={met} />
              <Cell figure={unmet} />
              <Cell figure={unknown} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const Cell = ({ figure }: { figure: Figure }) => (
  <td className="num">
    {figure.of === 0 ? (
      <span className="faint">–</span>
    ) : (
      <>
        {fullNumber(figure.n)} of {fullNumber(figure.of)} <span className="small muted">{shareWords(figure)}</span>
      </>
    )}
  </td>
)
