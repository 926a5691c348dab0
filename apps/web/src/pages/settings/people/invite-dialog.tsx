import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../../../shell/api.ts'
import { fieldProblems, problemWords } from '../../../shell/problem.ts'
import { type Role, roleWords } from '../../../shell/session.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Select } from '../../../ui/fields.tsx'
import { TextField } from '../../../ui/form-field.tsx'
import { LinkDialog, type ShownLink } from './link-dialog.tsx'
import { roleChoices, roleHelp } from './role-select.tsx'

/** Asks for address and role, then shows the link. */
export function InviteDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const queries = useQueryClient()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('marketer')
  const [link, setLink] = useState<ShownLink | null>(null)
  const invite = useMutation(
    api.users.invite.mutationOptions({
      onSuccess: (made) => {
        setLink({ ...made, title: `Invitation for ${email.trim()}`, email: email.trim() })
        close()
        return queries.invalidateQueries(api.users.pathFilter())
      },
    }),
  )
  const close = () => {
    setEmail('')
    onClose()
  }
  const wrong = fieldProblems(invite.error).email ?? (invite.error ? problemWords(invite.error) : undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    invite.mutate({ email, role })
  }
  return (
    <>
      <Dialog title="Invite somebody" open={open} onClose={close}>
        <form className="dialog-form" onSubmit={submit} noValidate>
          <TextField
            label="E-mail"
            type="email"
            data-autofocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            error={wrong}
          />
          <Select
            label="Role"
            data={roleChoices.map((one) => ({ value: one, label: roleWords[one] }))}
            value={role}
            onChange={(one) => one !== null && setRole(one)}
            allowDeselect={false}
            inputWrapperOrder={['label', 'input', 'description']}
            description={roleHelp[role]}
          />
          <div className="dialog-foot">
            <Button onClick={close}>Cancel</Button>
            <Button type="submit" look="primary" busy={invite.isPending}>
              Make the link
            </Button>
          </div>
        </form>
      </Dialog>
      <LinkDialog link={link} onClose={() => setLink(null)} />
    </>
  )
}
