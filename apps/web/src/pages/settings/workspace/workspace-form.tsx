import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type Answers, api } from '../../../shell/api.ts'
import { useMay } from '../../../shell/person.ts'
import { fieldProblems, problemWords } from '../../../shell/problem.ts'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { Textarea } from '../../../ui/fields.tsx'
import { TextField } from '../../../ui/form-field.tsx'
import { toast } from '../../../ui/toast.ts'
import { ZonePicker } from './zone-picker.tsx'

type Settings = Answers['workspace']['settings']
type Draft = Pick<Settings, 'name' | 'zone' | 'senderName' | 'senderAddress' | 'postalAddress'>

const keys = ['name', 'zone', 'senderName', 'senderAddress', 'postalAddress'] as const

/** Only what was changed is sent, so that two admins do not undo each other's fields. */
export function WorkspaceForm({ settings }: { settings: Settings }) {
  const may = useMay('admin')
  const queries = useQueryClient()
  const [changed, setChanged] = useState<Partial<Draft>>({})
  const draft: Draft = { ...settings, ...changed }
  const set = (change: Partial<Draft>) => setChanged({ ...changed, ...change })
  const dirty = keys.some((key) => draft[key] !== settings[key])
  const save = useMutation(
    api.workspace.change.mutationOptions({
      onSuccess: async () => {
        await Promise.all([
          queries.invalidateQueries(api.workspace.settings.pathFilter()),
          queries.invalidateQueries(api.session.me.pathFilter()),
          queries.invalidateQueries(api.home.pathFilter()),
        ])
        setChanged({})
        toast({ words: 'Saved.' })
      },
    }),
  )
  const wrong = fieldProblems(save.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(Object.fromEntries(keys.filter((key) => draft[key] !== settings[key]).map((key) => [key, draft[key]])))
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
      {save.error && Object.keys(wrong).length === 0 && (
        <div className="whole">
          <Callout tone="danger" title={problemWords(save.error)} />
        </div>
      )}
      {may && (
        <div className="whole row">
          <Button type="submit" look="primary" size="big" disabled={!dirty} busy={save.isPending}>
            Save
          </Button>
          {dirty && (
            <Button look="quiet" size="big" onClick={() => setChanged({})}>
              Discard
            </Button>
          )}
        </div>
      )}
    </form>
  )
}
