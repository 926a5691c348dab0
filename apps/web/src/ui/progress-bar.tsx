import './states.css'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { fullNumber } from './numbers.ts'

type Props = {
  /** What is under way: "Importing bank-full.csv". */
  label: ReactNode
  done: number
  /** Unknown while it is still being counted. */
  total?: number | undefined
  /** What is counted: "rows". */
  unit: string
  onCancel?: (() => void) | undefined
  cancelWords?: string | undefined
}

/** How far a long deed is, in counts, with a way to stop it. */
export function ProgressBar({ label, done, total, unit, onCancel, cancelWords = 'Cancel' }: Props) {
  const share = total === undefined || total === 0 ? 0 : Math.min(1, done / total)
  return (
    <div>
      <div className="progress-head">
        <h4 className="grow clip">{label}</h4>
        <span className="small muted num">
          {total === undefined ? `${fullNumber(done)} ${unit}` : `${fullNumber(done)} of ${fullNumber(total)} ${unit}`}
        </span>
        {onCancel && (
          <Button size="small" look="quiet" onClick={onCancel}>
            {cancelWords}
          </Button>
        )}
      </div>
      <div
        className="bar"
        role="progressbar"
        aria-label={typeof label === 'string' ? label : unit}
        aria-valuemin={0}
        aria-valuemax={total ?? undefined}
        aria-valuenow={total === undefined ? undefined : done}
      >
        <span style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  )
}
