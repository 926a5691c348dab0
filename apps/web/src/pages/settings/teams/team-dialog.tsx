import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../shell/api.ts'
import { DialogForm } from '../../../shell/dialog-form.tsx'
import { fieldProblems } from '../../../shell/problem.ts'
import { roleWords } from '../../../shell/session.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { Select } from '../../../ui/fields.tsx'
import { TextField } from '../../../ui/form-field.tsx'
import { toast } from '../../../ui/toast.ts'
import { MemberRows } from './member-rows.tsx'
import type { Member } from './team.ts'

type Props = { onClose: () => void; onMade: (id: string) => void }

/** Makes a team; what else there is to it stands on its page. */
export function TeamDialog({ open, ...rest }: Props & { open: boolean }) {
  return (
    <Dialog title="New team" open={open} onClose={rest.onClose} width={600}>
      {open && <TeamForm {...rest} />}
    </Dialog>
  )
}

function TeamForm({ onClose, onMade }: Props) {
  const queries = useQueryClient()
  const users = useQuery(api.users.names.queryOptions()).data ?? []
  const [name, setName] = useState('')
  const [members, setMembers] = useState<readonly Member[]>([])
  const save = useMutation(
    api.workspace.saveTeam.mutationOptions({
      onSuccess: async ({ id }) => {
        await queries.invalidateQueries(api.workspace.teams.pathFilter())
        toast({ words: `The team ${name.trim()} is saved.` })
        onClose()
        onMade(id)
      },
    }),
  )
  const wrong = fieldProblems(save.error)
  const choices = users.filter((user) => user.active && !members.some((one) => one.userId === user.id))
  const submit = () => save.mutate({ name, members: [...members] })
  const nameOf = (id: string) => users.find((user) => user.id === id)?.name ?? '…'
  return (
    <DialogForm error={save.error} deed="Make the team" busy={save.isPending} onSubmit={submit} onClose={onClose}>
      <TextField
        label="Name"
        data-autofocus
        placeholder="Inside sales"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={wrong.name}
      />
      <MemberRows members={members} nameOf={nameOf} wrong={wrong} onChange={setMembers} />
      <Select
        aria-label="Add a member"
        placeholder={choices.length === 0 ? 'Everybody is in this team' : 'Add a member'}
        disabled={choices.length === 0}
        data={choices.map((user) => ({ value: user.id, label: `${user.name}, ${roleWords[user.role].toLowerCase()}` }))}
        value={null}
        searchable
        nothingFoundMessage="Nobody has this name. Invite them under People."
        onChange={(userId) => userId !== null && setMembers([...members, { userId, weight: 1, cap: 12, active: true, calendarId: null }])}
      />
    </DialogForm>
  )
}
