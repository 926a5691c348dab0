import type { ScoreIssue } from '@baton/engine'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { DialogForm } from '../../shell/dialog-form.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Checkbox, Textarea } from '../../ui/fields.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { toast } from '../../ui/toast.ts'
import type { Preview } from './model.ts'
import { shareWords } from './preview.tsx'

type Props = { rev: number; version: number; warnings: readonly ScoreIssue[]; preview: Preview | undefined; onClose: () => void }

/** Says what a publish does, in numbers, and wants each warning read. */
export function PublishDialog({ rev, version, warnings, preview, onClose }: Props) {
  const queries = useQueryClient()
  const [note, setNote] = useState('')
  const [read, setRead] = useState<ReadonlySet<string>>(new Set())
  const publish = useMutation(
    api.scores.publish.mutationOptions({
      onSuccess: async ({ version: made }) => {
        await Promise.all([
          queries.invalidateQueries(api.scores.pathFilter()),
          queries.invalidateQueries(api.workspace.settings.pathFilter()),
          queries.invalidateQueries(api.flows.pathFilter()),
        ])
        toast({ words: `Version ${made} counts from now on. Everybody's points are being brought to it.` })
        onClose()
      },
    }),
  )
  const rules = warnings.map((it) => it.rule ?? '')
  return (
    <Dialog title={`Publish version ${version}`} open onClose={onClose} width={520}>
      <DialogForm
        error={publish.error}
        deed={`Publish ${version}`}
        busy={publish.isPending}
        disabled={rules.some((it) => !read.has(it))}
        onSubmit={() => publish.mutate({ rev, note, acknowledged: rules })}
        onClose={onClose}
      >
        <p className="prose">
          New rules count from now on for whatever happens. Everybody’s points are brought to them in the background
          {preview && preview.people > 0 && `, ${fullNumber(preview.people)} people`}
          {preview?.regraded && preview.people > 0 ? `; ${shareWords(preview.regraded, preview)} get another grade` : ''}. Segments follow,
          and flows that begin with them let people in.
        </p>
        {warnings.map((it) => (
          <Checkbox
            key={`${it.rule}`}
            label={it.say}
            description="I have read this and want the rule all the same."
            checked={read.has(it.rule ?? '')}
            onChange={(event) => {
              const next = new Set(read)
              if (event.currentTarget.checked) next.add(it.rule ?? '')
              else next.delete(it.rule ?? '')
              setRead(next)
            }}
          />
        ))}
        <Textarea
          label="What is new"
          placeholder="Fewer points for opened mails"
          autosize
          minRows={2}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </DialogForm>
    </Dialog>
  )
}
