import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../shell/api.ts'
import { Button } from '../../../ui/button.tsx'
import { SettingsHead } from '../settings-head.tsx'
import { Invitations } from './invitations.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { PeopleTable } from './people-table.tsx'

/** Who may come in, and what they may do. */
export function People() {
  const { data } = useSuspenseQuery(api.users.list.queryOptions())
  const [inviting, setInviting] = useState(false)
  return (
    <>
      <SettingsHead
        title="People"
        deed={
          <Button look="primary" onClick={() => setInviting(true)}>
            Invite…
          </Button>
        }
      >
        Who works with this workspace. Nobody signs up by themselves: people come by an invitation.
      </SettingsHead>
      <PeopleTable users={data.users} />
      <Invitations invitations={data.invitations} />
      <InviteDialog open={inviting} onClose={() => setInviting(false)} />
    </>
  )
}
