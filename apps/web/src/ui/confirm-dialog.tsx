import { useRef } from 'react'
import { Button } from './button.tsx'
import { type Question, useQuestion } from './confirm.ts'
import { Dialog } from './dialog.tsx'

/** Shows what `confirm()` asks. Loaded with the first question, see confirm-host. */
export default function ConfirmDialog() {
  const asked = useQuestion((state) => state.asked)
  // While the dialog fades out the words must still be there.
  const last = useRef<Question | null>(null)
  if (asked) last.current = asked
  const shown = asked ?? last.current
  return (
    <Dialog
      title={shown?.title}
      open={asked !== null}
      onClose={() => asked?.answer(false)}
      foot={
        <>
          <Button onClick={() => asked?.answer(false)}>Cancel</Button>
          <Button look={shown?.danger === true ? 'danger' : 'primary'} data-autofocus onClick={() => asked?.answer(true)}>
            {shown?.deed}
          </Button>
        </>
      }
    >
      {shown?.text !== undefined && <p className="dialog-text">{shown.text}</p>}
    </Dialog>
  )
}
