import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api, client } from '../../../shell/api.ts'
import { FormProblem } from '../../../shell/dialog-form.tsx'
import { fieldProblems } from '../../../shell/problem.ts'
import { roleWords } from '../../../shell/session.ts'
import { NumberInput, Select } from '../../../ui/fields.tsx'
import { TextField } from '../../../ui/form-field.tsx'
import { toast } from '../../../ui/toast.ts'
import { SaveRow } from '../save-row.tsx'
import { type Leaver, LeavingDialog } from './leaving-dialog.tsx'
import { MemberRows } from './member-rows.tsx'
import type { LeadsTo, Member, TeamWhole } from './team.ts'

type Draft = Pick<TeamWhole, 'name' | 'calendarId' | 'managerId' | 'quietDays' | 'quietBy'> & { members: readonly Member[] }

const draftOf = ({ name, calendarId, managerId, quietDays, quietBy, members }: TeamWhole): Draft => ({
  ...{ name, calendarId, managerId, quietDays, quietBy },
  members: members.map(({ userId, weight, cap, active, calendarId: own, mailsADay }) => ({
    ...{ userId, weight, cap, active, mailsADay },
    calendarId: own,
  })),
})

/** Name, hours, manager and members of a team. Whoever is taken out with open leads leaves them to somebody. */
export function TeamForm({ team, readOnly }: { team: TeamWhole; readOnly: boolean }) {
  const queries = useQueryClient()
  const users = useQuery(api.users.names.queryOptions()).data ?? []
  const calendars = useQuery(api.calendars.list.queryOptions()).data ?? []
  const [draft, setDraft] = useState<Draft>(() => draftOf(team))
  const [leavers, setLeavers] = useState<readonly Leaver[]>([])
  const [answers, setAnswers] = useState<readonly { userId: string; to: LeadsTo }[]>([])
  const [asking, setAsking] = useState(false)
  const save = useMutation(
    api.workspace.saveTeam.mutationOptions({
      onSuccess: async () => {
        toast({ words: `The team ${draft.name.trim()} is saved.` })
        await Promise.all([queries.invalidateQueries(api.workspace.teams.pathFilter()), queries.invalidateQueries(api.teams.pathFilter())])
      },
    }),
  )
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const wrong = fieldProblems(save.error)
  const nameOf = (id: string) => users.find((it) => it.id === id)?.name ?? team.members.find((it) => it.userId === id)?.name ?? '…'
  const choices = users.filter((it) => it.active && !draft.members.some((one) => one.userId === it.id))
  const managers = users.filter((it) => it.active && (it.role === 'admin' || it.role === 'sales_manager'))
  const send = (leaving: readonly { userId: string; to: LeadsTo }[]) =>
    save.mutate({ id: team.id, ...draft, members: [...draft.members], leaving: [...leaving] })

  /** Looks first whether those who are taken out still have leads; then asks for one after the other. */
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const gone = team.members.filter((it) => !draft.members.some((one) => one.userId === it.userId))
    setAsking(true)
    try {
      const counts = await Promise.all(
        gone.map(
          async (it) => (await client.teams.openLeads.query({ userId: it.userId })).find((one) => one.teamId === team.id)?.count ?? 0,
        ),
      )
      const found = gone.flatMap((it, at): Leaver[] => {
        const count = counts[at] ?? 0
        if (count === 0) return []
        const stay = draft.members.map((one) => ({ id: one.userId, name: nameOf(one.userId) }))
        return [{ userId: it.userId, name: it.name, count, deed: 'Take out', choices: stay }]
      })
      setAnswers([])
      if (found.length === 0) send([])
      else setLeavers(found)
    } catch (error) {
      toast({ words: error instanceof Error ? error.message : 'The server did not answer. Try again.', bad: true })
    } finally {
      setAsking(false)
    }
  }
  const answered = (to: LeadsTo | null) => {
    const [first, ...rest] = leavers
    if (to === null || !first) return setLeavers([])
    const all = [...answers, { userId: first.userId, to }]
    setAnswers(all)
    setLeavers(rest)
    if (rest.length === 0) send(all)
  }
  const dirty = JSON.stringify(draft) !== JSON.stringify(draftOf(team))
  return (
    <form className="fields" onSubmit={(event) => void submit(event)} noValidate>
      <TextField
        label="Name"
        value={draft.name}
        disabled={readOnly}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={wrong.name}
      />
      <Select
        label="Working hours"
        description="Deadlines of leads count them, with their holidays."
        data={[{ value: '', label: 'Monday to Friday, 9 to 17' }, ...calendars.map((it) => ({ value: it.id, label: it.name }))]}
        allowDeselect={false}
        disabled={readOnly}
        value={draft.calendarId ?? ''}
        onChange={(id) => set({ calendarId: id === null || id === '' ? null : id })}
      />
      <Select
        label="Manager"
        description="Is told when a deadline is missed."
        data={[{ value: '', label: 'Every sales manager' }, ...managers.map((it) => ({ value: it.id, label: it.name }))]}
        allowDeselect={false}
        disabled={readOnly}
        value={draft.managerId ?? ''}
        onChange={(id) => set({ managerId: id === null || id === '' ? null : id })}
      />
      <NumberInput
        label="Take quiet deals back after"
        description="Days in which nobody moved; empty: never."
        placeholder="never"
        suffix=" days"
        min={1}
        max={730}
        allowDecimal={false}
        disabled={readOnly}
        value={draft.quietDays ?? ''}
        error={wrong.quietDays}
        onChange={(value) => set({ quietDays: typeof value === 'number' ? value : null })}
      />
      {draft.quietDays !== null && (
        <Select
          label="A deal is quiet"
          description="Machines and what we send never count."
          data={[
            { value: 'anybody', label: 'when neither sales nor the person does anything' },
            { value: 'sales', label: 'when sales does nothing, whatever the person does' },
          ]}
          allowDeselect={false}
          disabled={readOnly}
          value={draft.quietBy}
          onChange={(value) => set({ quietBy: value === 'sales' ? 'sales' : 'anybody' })}
        />
      )}
      <div className="whole stack">
        <MemberRows
          members={draft.members}
          nameOf={nameOf}
          wrong={wrong}
          onChange={(members) => set({ members })}
          calendars={calendars}
          readOnly={readOnly}
        />
        {!readOnly && (
          <Select
            aria-label="Add a member"
            placeholder={choices.length === 0 ? 'Everybody is in this team' : 'Add a member'}
            disabled={choices.length === 0}
            data={choices.map((it) => ({ value: it.id, label: `${it.name}, ${roleWords[it.role].toLowerCase()}` }))}
            value={null}
            searchable
            nothingFoundMessage="Nobody has this name. Invite them under People."
            onChange={(userId) =>
              userId !== null && set({ members: [...draft.members, { userId, weight: 1, cap: 12, active: true, calendarId: null }] })
            }
          />
        )}
      </div>
      <div className="whole">
        <FormProblem error={save.error} />
      </div>
      {!readOnly && (
        <div className="whole">
          <SaveRow dirty={dirty} busy={save.isPending || asking} onDiscard={() => setDraft(draftOf(team))} />
        </div>
      )}
      <LeavingDialog leaver={leavers[0] ?? null} onAnswer={answered} />
    </form>
  )
}
