import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answers, api, client, type Inputs } from '../../../shell/api.ts'
import { usePerson } from '../../../shell/person.ts'
import { problemWords } from '../../../shell/problem.ts'
import { type Role, roleWords } from '../../../shell/session.ts'
import { Button } from '../../../ui/button.tsx'
import { confirm } from '../../../ui/confirm.ts'
import { DateText } from '../../../ui/date-text.tsx'
import { Avatar, Chip, StateDot } from '../../../ui/marks.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import { toast } from '../../../ui/toast.ts'
import { type Leaver, LeavingDialog } from '../teams/leaving-dialog.tsx'
import type { LeadsTo } from '../teams/team.ts'
import { LinkDialog, type ShownLink } from './link-dialog.tsx'
import { RoleSelect } from './role-select.tsx'

type User = Answers['users']['list']['users'][number]

/** Why the role or the account of somebody stays as it is; undefined when it may be changed. */
function fixed(user: User, users: readonly User[]): string | undefined {
  const admins = users.filter((one) => one.role === 'admin' && one.active)
  return admins.length === 1 && admins[0]?.id === user.id ? 'The last admin. Make somebody else an admin first.' : undefined
}

/** How many open leads somebody has, over all teams, and who is in each of these: nobody else can have them. */
async function openLeads({ id }: User): Promise<{ count: number; takers: ReadonlySet<string> }> {
  const leads = await client.teams.openLeads.query({ userId: id })
  if (leads.length === 0) return { count: 0, takers: new Set() }
  const teams = await client.workspace.teams.query()
  const members = leads.map((it) => new Set(teams.find((team) => team.id === it.teamId)?.members.map((one) => one.userId)))
  const all = [...(members[0] ?? [])].filter((one) => members.every((team) => team.has(one)))
  return { count: leads.reduce((sum, it) => sum + it.count, 0), takers: new Set(all) }
}

/** Everybody with an account, deactivated people too. */
export function PeopleTable({ users }: { users: readonly User[] }) {
  const me = usePerson()
  const queries = useQueryClient()
  const [link, setLink] = useState<ShownLink | null>(null)
  const [leaver, setLeaver] = useState<Leaver | null>(null)
  const bad = (error: unknown) => toast({ words: problemWords(error), bad: true })
  const change = useMutation(
    api.users.change.mutationOptions({
      onError: bad,
      onSettled: () =>
        Promise.all([queries.invalidateQueries(api.users.pathFilter()), queries.invalidateQueries(api.session.pathFilter())]),
    }),
  )
  const reset = useMutation(api.users.resetLink.mutationOptions({ onError: bad }))
  const apply = (input: Inputs['users']['change'], words: string) => change.mutate(input, { onSuccess: () => toast({ words }) })

  const setRole = async (user: User, role: Role) => {
    const text =
      user.id === me.id
        ? 'This is you: what you see changes at once, and only another admin can take it back.'
        : 'What they see and may do changes with their next click.'
    const sure = await confirm({ title: `Make ${user.name} ${roleWords[role].toLowerCase()}?`, text, deed: 'Change role' })
    if (sure) apply({ id: user.id, role }, `${user.name} is ${roleWords[role].toLowerCase()} now.`)
  }
  const setActive = async (user: User, active: boolean) => {
    if (active) return apply({ id: user.id, active }, `${user.name} may sign in again.`)
    const leads = await openLeads(user).catch(bad)
    if (!leads) return
    const { count, takers } = leads
    if (count > 0) {
      const choices = users.filter((one) => one.active && one.id !== user.id && takers.has(one.id)).map(({ id, name }) => ({ id, name }))
      return setLeaver({ userId: user.id, name: user.name, count, deed: 'Deactivate', choices })
    }
    const text = 'They are signed out everywhere at once and get no new leads. Their work keeps their name. You can reactivate them later.'
    const sure = await confirm({ title: `Deactivate ${user.name}?`, text, deed: 'Deactivate', danger: true })
    if (sure) apply({ id: user.id, active }, `${user.name} is deactivated.`)
  }
  const answered = (to: LeadsTo | null) => {
    const one = leaver
    setLeaver(null)
    if (one && to) apply({ id: one.userId, active: false, leads: to }, `${one.name} is deactivated. The open leads went on.`)
  }
  const showLink = async (user: User) => {
    const made = await reset.mutateAsync({ id: user.id })
    setLink({ ...made, title: `A new password for ${user.name}`, email: user.email })
  }

  const columns: readonly Column<User>[] = [
    {
      id: 'name',
      head: 'Name',
      cell: (user) => (
        <span className="row">
          <Avatar name={user.name} quiet />
          <span>
            <span className="row" style={{ gap: 6 }}>
              <span className={user.active ? 'name' : 'name faint'}>{user.name}</span>
              {user.id === me.id && <Chip>you</Chip>}
            </span>
            <span className="second">{user.email}</span>
          </span>
        </span>
      ),
    },
    {
      id: 'role',
      head: 'Role',
      width: 160,
      cell: (user) => (
        <RoleSelect
          name={user.name}
          value={user.role}
          fixed={user.active ? fixed(user, users) : 'Deactivated'}
          onChange={(role) => void setRole(user, role)}
        />
      ),
    },
    {
      id: 'state',
      head: 'State',
      width: 120,
      cell: (user) => (user.active ? <StateDot tone="ok">Active</StateDot> : <StateDot tone="faint">Deactivated</StateDot>),
    },
    { id: 'seen', head: 'Last here', width: 120, cell: (user) => <DateText at={user.seenAt} /> },
  ]
  const actions = (user: User) =>
    user.active ? (
      <>
        <Button size="small" look="quiet" onClick={() => void showLink(user)}>
          New password…
        </Button>
        {fixed(user, users) === undefined && (
          <Button size="small" look="danger-quiet" onClick={() => void setActive(user, false)}>
            Deactivate…
          </Button>
        )}
      </>
    ) : (
      <Button size="small" look="quiet" onClick={() => void setActive(user, true)}>
        Reactivate
      </Button>
    )
  return (
    <>
      <Table label="People" tall rows={users} rowKey={(user) => user.id} columns={columns} actions={actions} />
      <LinkDialog link={link} onClose={() => setLink(null)} />
      <LeavingDialog leaver={leaver} onAnswer={answered} />
    </>
  )
}
