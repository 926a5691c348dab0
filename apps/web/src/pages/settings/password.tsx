import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { DialogForm } from '../../shell/dialog-form.tsx'
import { fieldProblems } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/form-field.tsx'
import { toast } from '../../ui/toast.ts'

/** A row of settings: one's own password. */
export function Password({ email }: { email: string }) {
  const [open, setOpen] = useState(false)
  return (
    <div className="setting">
      <div>
        <h3>Password</h3>
        <p className="small muted">You sign in as {email}.</p>
      </div>
      <Button onClick={() => setOpen(true)}>Change password</Button>
      <Dialog title="Change password" open={open} onClose={() => setOpen(false)} width={420}>
        {open && <PasswordForm email={email} onClose={() => setOpen(false)} />}
      </Dialog>
    </div>
  )
}

function PasswordForm({ email, onClose }: { email: string; onClose: () => void }) {
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const change = useMutation(
    api.session.changePassword.mutationOptions({
      onSuccess: () => {
        onClose()
        toast({ words: 'Your password is changed. Elsewhere you are signed out.' })
      },
    }),
  )
  const wrong = fieldProblems(change.error)
  return (
    <DialogForm
      error={change.error}
      deed="Change password"
      busy={change.isPending}
      onSubmit={() => change.mutate({ current, next })}
      onClose={onClose}
    >
      {/* A password manager keeps the new password under this name. */}
      <input hidden readOnly name="username" autoComplete="username" value={email} />
      <TextField
        label="The password you have now"
        type="password"
        autoComplete="current-password"
        value={current}
        onChange={(event) => setCurrent(event.currentTarget.value)}
        autoFocus
        error={wrong.current}
      />
      <TextField
        label="New password"
        type="password"
        autoComplete="new-password"
        value={next}
        onChange={(event) => setNext(event.currentTarget.value)}
        hint="At least 10 characters. A few words in a row are good."
        error={wrong.next}
      />
    </DialogForm>
  )
}
