import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answers, api } from '../../../shell/api.ts'
import { problemWords } from '../../../shell/problem.ts'
import { roleWords } from '../../../shell/session.ts'
import { Button } from '../../../ui/button.tsx'
import { confirm } from '../../../ui/confirm.ts'
import { DateText } from '../../../ui/date-text.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import { toast } from '../../../ui/toast.ts'
import { LinkDialog, type ShownLink } from './link-dialog.tsx'

type Invitation = Answers['users']['list']['invitations'][number]

const columns: readonly Column<Invitation>[] = [
  { id: 'email', head: 'Address', cell: ({ email }) => <span className="name">{email}</span> },
  { id: 'role', head: 'Role', width: 160, cell: ({ role }) => roleWords[role] },
  { id: 'made', head: 'Invited', width: 140, cell: ({ createdAt }) => <DateText at={createdAt} /> },
  { id: 'until', head: 'Works until', width: 140, cell: ({ expiresAt }) => <DateText at={expiresAt} /> },
]

/** Invitations that nobody took up yet. Their links are kept as hashes: an old one cannot be shown again, a new one can be made. */
export function Invitations({ invitations }: { invitations: readonly Invitation[] }) {
  const queries = useQueryClient()
  const [link, setLink] = useState<ShownLink | null>(null)
  const shared = {
    onError: (error: unknown) => toast({ words: problemWords(error), bad: true }),
    onSettled: () => queries.invalidateQueries(api.users.pathFilter()),
  }
  const invite = useMutation(api.users.invite.mutationOptions(shared))
  const withdraw = useMutation(api.users.withdrawInvitation.mutationOptions(shared))
  if (invitations.length === 0) return null
  const again = ({ email, role }: Invitation) =>
    invite.mutate({ email, role }, { onSuccess: (made) => setLink({ ...made, title: `A new link for ${email}`, email }) })
  const drop = async ({ id, email }: Invitation) => {
    const sure = await confirm({ title: `Withdraw the invitation of ${email}?`, text: 'Its link stops working at once.', deed: 'Withdraw' })
    if (sure) withdraw.mutate({ id }, { onSuccess: () => toast({ words: `The invitation of ${email} is withdrawn.` }) })
  }
  return (
    <>
      <h3 className="part">Invited, not here yet</h3>
      <Table
        label="Invitations"
        rows={invitations}
        rowKey={({ id }) => id}
        columns={columns}
        actions={(one) => (
          <>
            <Button size="small" look="quiet" onClick={() => again(one)}>
              New link…
            </Button>
            <Button size="small" look="danger-quiet" onClick={() => void drop(one)}>
              Withdraw…
            </Button>
          </>
        )}
      />
      <LinkDialog link={link} onClose={() => setLink(null)} />
    </>
  )
}
