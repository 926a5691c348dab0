import { type ReactNode, useState } from 'react'
import { DialogForm } from '../../shell/dialog-form.tsx'
import { fieldProblems } from '../../shell/problem.ts'
import { Callout } from '../../ui/callout.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Radio, Textarea } from '../../ui/fields.tsx'

interface Props<Reason extends string> {
  title: string
  /** What the button says. */
  deed: string
  reasons: readonly Reason[]
  /** The reason that needs a sentence beside it. */
  needsNote: string
  busy: boolean
  error: unknown
  /** Where this reason sends the person. */
  then: (reason: Reason) => { title: string; more: ReactNode }
  onSubmit: (reason: Reason, note: string) => void
  onClose: () => void
  /** What else is asked. */
  children?: ReactNode
}

/** How a lead ends badly: the reason first, then where that sends the person, before it is confirmed. */
export function ReasonDialog<Reason extends string>(props: Props<Reason>) {
  const { title, deed, reasons, needsNote, busy, error, then, onSubmit, onClose, children } = props
  const [reason, setReason] = useState<Reason | null>(null)
  const [note, setNote] = useState('')
  const next = reason === null ? null : then(reason)
  return (
    <Dialog title={title} open onClose={onClose} width={480}>
      <DialogForm
        error={error}
        deed={deed}
        look="danger"
        disabled={reason === null}
        busy={busy}
        onSubmit={() => reason !== null && onSubmit(reason, note)}
        onClose={onClose}
      >
        <Radio.Group label="Why" value={reason} onChange={(value) => setReason(reasons.find((one) => one === value) ?? null)}>
          <div className="two-columns">
            {reasons.map((one, at) => (
              <Radio key={one} value={one} label={one} {...(at === 0 ? { 'data-autofocus': true } : {})} />
            ))}
          </div>
        </Radio.Group>
        <Textarea
          label={reason === needsNote ? 'In a sentence' : 'Note, if it helps'}
          autosize
          minRows={2}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={fieldProblems(error).note}
          placeholder="What marketing should know"
        />
        {children}
        {next && <Callout title={next.title}>{next.more}</Callout>}
      </DialogForm>
    </Dialog>
  )
}
