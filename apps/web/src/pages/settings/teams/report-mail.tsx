import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../../../shell/api.ts'
import { FormProblem } from '../../../shell/dialog-form.tsx'
import { fieldProblems } from '../../../shell/problem.ts'
import { ButtonLink } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { ClockInput } from '../../../ui/clock-input.tsx'
import { Select, Switch, TagsInput } from '../../../ui/fields.tsx'
import { FormField } from '../../../ui/form-field.tsx'
import { toast } from '../../../ui/toast.ts'
import { SaveRow } from '../save-row.tsx'
import type { TeamWhole } from './team.ts'

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

type Draft = { on: boolean; weekday: number; time: string; recipients: string[] }

const draftOf = ({ digest }: TeamWhole): Draft =>
  digest
    ? { on: true, weekday: digest.weekday, time: digest.time, recipients: [...digest.recipients] }
    : { on: false, weekday: 1, time: '08:00', recipients: [] }

/** When and to whom the weekly report of a team is mailed. */
export function ReportMail({ team, readOnly }: { team: TeamWhole; readOnly: boolean }) {
  const queries = useQueryClient()
  const settings = useQuery(api.workspace.settings.queryOptions()).data
  const [draft, setDraft] = useState<Draft>(() => draftOf(team))
  const save = useMutation(
    api.teams.setDigest.mutationOptions({
      onSuccess: async () => {
        toast({ words: draft.on ? 'The report is mailed from its next time on.' : 'The report is not mailed any more.' })
        await queries.invalidateQueries(api.teams.pathFilter())
      },
    }),
  )
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { on, ...digest } = draft
    save.mutate({ id: team.id, digest: on ? digest : null })
  }
  const dirty = JSON.stringify(draft) !== JSON.stringify(draftOf(team))
  return (
    <form className="fields" onSubmit={submit} noValidate>
      <div className="whole row">
        <Switch
          label="Mail it once a week"
          checked={draft.on}
          disabled={readOnly}
          onChange={(event) => set({ on: event.currentTarget.checked })}
        />
        <span className="grow" />
        <ButtonLink to="/board/week" search={{ team: team.id }}>
          Look at the report
        </ButtonLink>
      </div>
      {settings && settings.senderAddress === '' && (
        <div className="whole">
          <Callout tone="warn" title="No sender address is set.">
            No mail can go out without it. It is set under Name and sender.
          </Callout>
        </div>
      )}
      {draft.on && (
        <>
          <Select
            label="On"
            data={DAYS.map((name, at) => ({ value: String(at + 1), label: name }))}
            allowDeselect={false}
            disabled={readOnly}
            value={String(draft.weekday)}
            onChange={(value) => set({ weekday: Number(value ?? 1) })}
          />
          <FormField label="At" hint={team.zone}>
            {(ids) => <ClockInput {...ids} value={draft.time} disabled={readOnly} onChange={(time) => time !== null && set({ time })} />}
          </FormField>
          <div className="whole">
            <TagsInput
              label="To"
              placeholder={draft.recipients.length === 0 ? 'head.of.sales@example.com' : undefined}
              description="E-mail addresses, each finished by Enter or a comma. The mail has the figures of the seven days before."
              disabled={readOnly}
              value={draft.recipients}
              onChange={(recipients) => set({ recipients })}
            />
          </div>
        </>
      )}
      <div className="whole">
        <FormProblem error={save.error} />
        {save.error && <p className="wrong">{[...new Set(Object.values(fieldProblems(save.error)))].join(' ')}</p>}
      </div>
      {!readOnly && (
        <div className="whole">
          <SaveRow dirty={dirty} busy={save.isPending} onDiscard={() => setDraft(draftOf(team))} />
        </div>
      )}
    </form>
  )
}
