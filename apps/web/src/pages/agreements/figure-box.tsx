import { fullNumber } from '../../ui/numbers.ts'
import { driftWords, type Figure } from './words.ts'

/** A share with its doubt, its counts, and how it moved. Where there are too few it says so instead. */
export function FigureBox({ title, said, hint, figure }: { title: string; said: string; hint?: string | undefined; figure: Figure }) {
  const { share, n, of } = figure
  const drift = driftWords(figure)
  return (
    <div className="figure-box">
      <h3>{title}</h3>
      {share ? (
        <b>
          {Math.round(share.share * 100)}%{' '}
          <span className="small muted">
            {Math.round(share.low * 100)} to {Math.round(share.high * 100)}
          </span>
        </b>
      ) : (
        <b className="faint">Too few to say</b>
      )}
      <p className="small">
        {fullNumber(n)} of {fullNumber(of)} {said}
      </p>
      {drift && <p className={drift.sure ? 'small strong' : 'small muted'}>{drift.words}</p>}
      {hint !== undefined && <p className="small muted">{hint}</p>}
    </div>
  )
}
