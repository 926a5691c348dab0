import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Answers, api } from '../../shell/api.ts'
import { FormProblem } from '../../shell/dialog-form.tsx'
import { fieldProblems } from '../../shell/problem.ts'
import { useChanges } from '../../shell/use-changes.ts'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Textarea } from '../../ui/fields.tsx'
import { TextField } from '../../ui/form-field.tsx'
import { type Segment, Segmented } from '../../ui/segmented.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toast.ts'
import { SaveRow } from './save-row.tsx'
import { SettingsHead } from './settings-head.tsx'

type Found = Answers['desk']['settings']

const WAYS: readonly Segment<Found['notify']>[] = [
  { value: 'at-once', label: 'At once' },
  { value: 'hourly', label: 'Every hour' },
  { value: 'daily', label: 'Once a day' },
]

const KEYS = ['notify', 'fromName', 'replyTo', 'signature'] as const

/** How somebody of sales is told of leads, and how their own mail to leads looks. */
export function LeadSettings() {
  const found = useQuery(api.desk.settings.queryOptions())
  return (
    <>
      <SettingsHead title="Your leads">How you are told of new leads, and how your mail to them looks.</SettingsHead>
      <div className="setting-block">
        {found.data ? (
          <Form found={found.data} />
        ) : found.error ? (
          <FailedFrame what="What you chose" error={found.error} onRetry={() => void found.refetch()} />
        ) : (
          <SkeletonRows rows={4} />
        )}
      </div>
    </>
  )
}

function Form({ found }: { found: Found }) {
  const queries = useQueryClient()
  const saved = {
    ...{ notify: found.notify, signature: found.signature },
    ...{ fromName: found.fromName ?? '', replyTo: found.replyTo ?? '' },
  }
  const { draft, dirty, set, discard } = useChanges(saved, KEYS)
  const save = useMutation(
    api.desk.saveSettings.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(api.desk.pathFilter())
        discard()
        toast({ words: 'Saved.' })
      },
    }),
  )
  const wrong = fieldProblems(save.error)
  return (
    <form
      className="fields"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(draft)
      }}
    >
      <div className="setting whole">
        <div>
          <h3>Mail me about my leads</h3>
          <p className="small muted">
            New leads, reminders, and who asks again. What people do stands on the desk within a quarter of a minute.
          </p>
        </div>
        <Segmented label="Mail me" value={draft.notify} options={WAYS} onChange={(notify) => set({ notify })} size="small" />
      </div>
      <TextField
        label="Name in your mail"
        placeholder={found.name}
        value={draft.fromName}
        error={wrong.fromName}
        onChange={(event) => set({ fromName: event.currentTarget.value })}
      />
      <TextField
        label="Answers go to"
        type="email"
        placeholder={found.email}
        value={draft.replyTo}
        error={wrong.replyTo}
        onChange={(event) => set({ replyTo: event.currentTarget.value })}
      />
      <div className="whole">
        <Textarea
          label="Signature"
          description={`Stands under what you write. You may write ${found.mailsADay} mails to leads in 24 hours.`}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          autosize
          minRows={3}
          value={draft.signature}
          error={wrong.signature}
          onChange={(event) => set({ signature: event.currentTarget.value })}
        />
      </div>
      <div className="whole">
        <FormProblem error={save.error} />
        <SaveRow dirty={dirty} busy={save.isPending} onDiscard={discard} />
      </div>
    </form>
  )
}
