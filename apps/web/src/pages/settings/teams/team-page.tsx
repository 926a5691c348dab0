import './teams.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { api } from '../../../shell/api.ts'
import { useMay } from '../../../shell/person.ts'
import { isFinal, problemWords } from '../../../shell/problem.ts'
import { ButtonLink } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { FailedFrame } from '../../../ui/error-frame.tsx'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { Tabs } from '../../../ui/tabs.tsx'
import { AbsencePlan } from '../absences/absence-plan.tsx'
import { SettingsHead } from '../settings-head.tsx'
import { NextLeads } from './next-leads.tsx'
import { ReportMail } from './report-mail.tsx'
import type { Show } from './shows.ts'
import type { TeamWhole } from './team.ts'
import { TeamForm } from './team-form.tsx'
import { Territories } from './territories.tsx'

const route = getRouteApi('/frame/settings/teams/$teamId')

/** One team: who is in it, who is next, who is away, who covers what, and its weekly report. */
export function TeamPage() {
  const { teamId } = route.useParams()
  const { show = 'members' } = route.useSearch()
  const navigate = useNavigate()
  const team = useQuery(api.teams.one.queryOptions({ id: teamId }))
  const may = useMay('admin', 'sales_manager')
  if (team.error && isFinal(team.error)) {
    return (
      <EmptyState title="This team is not here" actions={<ButtonLink to="/settings/teams">To the teams</ButtonLink>}>
        {problemWords(team.error)}
      </EmptyState>
    )
  }
  if (!team.data) {
    return team.error ? <FailedFrame what="This team" error={team.error} onRetry={() => void team.refetch()} /> : <SkeletonRows rows={8} />
  }
  const setShow = (next: Show) =>
    void navigate({ to: '/settings/teams/$teamId', params: { teamId }, search: next === 'members' ? {} : { show: next }, replace: true })
  return (
    <>
      <SettingsHead
        title={team.data.name}
        deed={
          may ? (
            <ButtonLink to="/board" search={{ team: teamId }}>
              To its board
            </ButtonLink>
          ) : undefined
        }
      >
        <Link to="/settings/teams">Teams</Link> take the leads that flows hand to sales.
      </SettingsHead>
      <Faults team={team.data} />
      <Tabs
        label="What of the team"
        value={show}
        onChange={setShow}
        tabs={[
          { value: 'members', label: 'Members and hours' },
          { value: 'next', label: 'Who is next' },
          { value: 'absences', label: 'Absences' },
          { value: 'territories', label: `Territories ${team.data.territories.length === 0 ? '' : team.data.territories.length}` },
          { value: 'report', label: 'Weekly report' },
        ]}
      />
      <div className="team-body">
        {show === 'members' && <TeamForm key={teamId} team={team.data} readOnly={!may} />}
        {show === 'next' && <NextLeads teamId={teamId} />}
        {show === 'absences' && <AbsencePlan teamId={teamId} />}
        {show === 'territories' && <Territories team={team.data} readOnly={!may} />}
        {show === 'report' && <ReportMail key={JSON.stringify(team.data.digest)} team={team.data} readOnly={!may} />}
      </div>
    </>
  )
}

/** What is wrong with a team as it is, before anything is handed to it. */
function Faults({ team }: { team: TeamWhole }) {
  const taking = team.members.filter((it) => it.active && it.userActive)
  return (
    <>
      {team.members.length === 0 && (
        <Callout tone="warn" title="Nobody is in this team.">
          Leads handed to it overflow at once. Add a member.
        </Callout>
      )}
      {team.members.length > 0 && taking.length === 0 && (
        <Callout tone="warn" title="Nobody here takes leads now.">
          Leads handed to it overflow at once. Let somebody take leads again.
        </Callout>
      )}
      {team.closed && (
        <Callout tone="warn" title={`The calendar ${team.calendarName ?? ''} has no open hours.`}>
          No deadline can be counted by it. Choose another, or give it hours under Calendars.
        </Callout>
      )}
    </>
  )
}
