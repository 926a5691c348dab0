import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { type Answers, api } from '../../../shell/api.ts'
import { FormProblem } from '../../../shell/dialog-form.tsx'
import { useMay } from '../../../shell/person.ts'
import { fieldProblems } from '../../../shell/problem.ts'
import { useChanges } from '../../../shell/use-changes.ts'
import { Callout } from '../../../ui/callout.tsx'
import { Textarea } from '../../../ui/fields.tsx'
import { TextField } from '../../../ui/form-field.tsx'
import { toast } from '../../../ui/toast.ts'
import { SaveRow } from '../save-row.tsx'
import { ZonePicker } from './zone-picker.tsx'

type Settings = Answers['workspace']['settings']
type Draft = Pick<Settings, 'name' | 'zone' | 'senderName' | 'senderAddress' | 'postalAddress'>

const keys = ['name', 'zone', 'senderName', 'senderAddress', 'postalAddress'] as const

/** Who the workspace is, to its users and in its mails. */
export function WorkspaceForm({ settings }: { settings: Settings }) {
  const may = useMay('admin')
  const queries = useQueryClient()
  const { draft, dirty, set, changes, discard } = useChanges<Draft>(settings, keys)
  const save = useMutation(
    api.workspace.change.mutationOptions({
      onSuccess: async () => {
        await Promise.all([
          queries.invalidateQueries(api.workspace.settings.pathFilter()),
          queries.invalidateQueries(api.session.me.pathFilter()),
          queries.invalidateQueries(api.home.pathFilter()),
        ])
        discard()
        toast({ words: 'Saved.' })
      },
    }),
  )
  const wrong = fieldProblems(save.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(changes())
  }
  const text = (key: 'name' | 'senderName' | 'senderAddress') => ({
    value: draft[key],
    onChange: (event: { currentTarget: { value: string } }) => set({ [key]: event.currentTarget.value }),
    error: wrong[key],
    disabled: !may,
  })
  return (
    <form className="fields" onSubmit={submit} noValidate>
      {!may && (
        <div className="whole">
          <Callout title="Only admins change this." />
        </div>
      )}
      <TextField label="Name of the workspace" hint="Stands in the window and in invitations." {...text('name')} />
      <ZonePicker value={draft.zone} onChange={(zone) => set({ zone })} disabled={!may} error={wrong.zone} />
      <TextField label="Sender name" hint="What people see before the address." placeholder="Nora from Nordlicht" {...text('senderName')} />
      <TextField
        label="Sender address"
        type="email"
        hint="Mail comes from here, and answers go here. Your mail server must be allowed to send for its domain."
        placeholder="hello@nordlicht.example"
        {...text('senderAddress')}
      />
      <div className="whole">
        <Textarea
          label="Postal address"
          minRows={3}
          autosize
          value={draft.postalAddress}
          onChange={(event) => set({ postalAddress: event.currentTarget.value })}
          error={wrong.postalAddress}
          disabled={!may}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          description="Stands at the foot of every marketing mail. The law asks for it in many countries (CAN-SPAM in the USA, CASL in Canada, UWG in Germany), and mailbox providers trust mail more that has it. Without it no marketing flow should go live."
        />
      </div>
      <div className="whole">
        <FormProblem error={save.error} />
      </div>
      {may && (
        <div className="whole">
          <SaveRow dirty={dirty} busy={save.isPending} onDiscard={discard} />
        </div>
      )}
    </form>
  )
}
