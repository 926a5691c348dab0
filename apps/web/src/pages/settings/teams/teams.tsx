import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../../shell/api.ts'
import { useMay } from '../../../shell/person.ts'
import { problemWords } from '../../../shell/problem.ts'
import { unused } from '../../../shell/used.ts'
import { Button } from '../../../ui/button.tsx'
import { confirm } from '../../../ui/confirm.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Avatar } from '../../../ui/marks.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import { toast } from '../../../ui/toast.ts'
import { SettingsHead } from '../settings-head.tsx'
import type { Team } from './team.ts'
import { TeamDialog } from './team-dialog.tsx'

const works = (member: Team['members'][number]) => member.active && member.userActive

function room(team: Team): string {
  const members = team.members.filter(works)
  if (members.some((one) => one.cap === null)) return 'no limit'
  return String(members.reduce((sum, one) => sum + (one.cap ?? 0), 0))
}

const columns: readonly Column<Team>[] = [
  { id: 'name', head: 'Team', cell: (team) => <span className="name">{team.name}</span> },
  {
    id: 'members',
    head: 'Members',
    cell: (team) =>
      team.members.length === 0 ? (
        <span className="warn">Nobody yet: leads would overflow</span>
      ) : (
        <span className="row" style={{ gap: 4 }}>
          {team.members.slice(0, 8).map((one) => (
            <Avatar key={one.userId} name={one.name} size="s" />
          ))}
          {team.members.length > 8 && <span className="small muted">+{team.members.length - 8}</span>}
        </span>
      ),
  },
  { id: 'taking', head: 'Take leads now', num: true, width: 120, cell: (team) => team.members.filter(works).length },
  { id: 'room', head: 'Open leads at most', num: true, width: 150, cell: room },
]

/** Teams take the leads that flows hand to sales. */
export function Teams() {
  const { data } = useSuspenseQuery(api.workspace.teams.queryOptions())
  const may = useMay('admin', 'sales_manager')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [making, setMaking] = useState(false)
  const open = ({ id }: Team) => void navigate({ to: '/settings/teams/$teamId', params: { teamId: id } })
  const remove = useMutation(
    api.workspace.removeTeam.mutationOptions({
      onError: (error) => toast({ words: problemWords(error), bad: true }),
      onSettled: () => queries.invalidateQueries(api.workspace.teams.pathFilter()),
    }),
  )
  const ask = async ({ id, name }: Team) => {
    if (!(await unused({ kind: 'team', id, name }))) return
    const text = 'No flow hands people to it.'
    if (await confirm({ title: `Remove the team ${name}?`, text, deed: 'Remove', danger: true })) {
      remove.mutate({ id }, { onSuccess: () => toast({ words: `The team ${name} is removed.` }) })
    }
  }
  const add = (
    <Button look="primary" onClick={() => setMaking(true)}>
      New team…
    </Button>
  )
  return (
    <>
      <SettingsHead title="Teams" deed={may && data.length > 0 ? add : undefined}>
        “Hand to sales” gives each lead to one member of a team in turn: by weight, up to the most open leads of each.
      </SettingsHead>
      {data.length === 0 ? (
        <EmptyState title="No team takes leads yet" actions={may ? add : undefined}>
          Make one, so that a flow can hand people to sales.
        </EmptyState>
      ) : (
        <Table
          label="Teams"
          rows={data}
          rowKey={(team) => team.id}
          columns={columns}
          onOpen={open}
          actions={
            may
              ? (team) => (
                  <>
                    <Button size="small" look="quiet" onClick={() => open(team)}>
                      Open
                    </Button>
                    <Button size="small" look="danger-quiet" onClick={() => void ask(team)}>
                      Remove…
                    </Button>
                  </>
                )
              : undefined
          }
        />
      )}
      <TeamDialog
        open={making}
        onClose={() => setMaking(false)}
        onMade={(id) => void navigate({ to: '/settings/teams/$teamId', params: { teamId: id } })}
      />
    </>
  )
}
