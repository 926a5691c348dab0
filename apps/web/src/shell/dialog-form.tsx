import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { fieldProblems, problemWords } from './problem.ts'

/** Says why something was not saved, where no input says it. */
export const FormProblem = ({ error }: { error: unknown }) =>
  error && Object.keys(fieldProblems(error)).length === 0 ? <Callout tone="danger" title={problemWords(error)} /> : null

type Props = {
  /** Why the last try failed. */
  error: unknown
  /** What the button says. */
  deed: string
  look?: 'primary' | 'danger'
  busy: boolean
  disabled?: boolean
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

/** A form in a dialog: its inputs, what no input says of a failed try, and the buttons. */
export const DialogForm = ({ error, deed, look = 'primary', busy, disabled = false, onSubmit, onClose, children }: Props) => (
  <form
    className="dialog-form"
    onSubmit={(event) => {
      event.preventDefault()
      onSubmit()
    }}
    noValidate
  >
    {children}
    <FormProblem error={error} />
    <div className="dialog-foot">
      <Button onClick={onClose}>Cancel</Button>
      <Button type="submit" look={look} busy={busy} disabled={disabled}>
        {deed}
      </Button>
    </div>
  </form>
)
