import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { DialogForm } from '../../shell/dialog-form.tsx'
import { fieldProblems } from '../../shell/problem.ts'
import { ClockInput } from '../../ui/clock-input.tsx'
import { dateWords } from '../../ui/date-words.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Textarea } from '../../ui/fields.tsx'
import { FormField, TextField } from '../../ui/form-field.tsx'
import type { DeedDialogProps } from './dialog-props.ts'
import { instantOf, nextHour } from './when.ts'

/** Notes a meeting that was agreed on, in the reader's own time; what it is there stands beside it. */
export function MeetingDialog({ lead, onClose, onDone, onFailed }: DeedDialogProps) {
  const [{ day, time }, setWhen] = useState(() => nextHour(Date.now()))
  const [note, setNote] = useState('')
  const book = useMutation(
    api.desk.meeting.mutationOptions({
      onSuccess: () => {
        onClose()
        return onDone({ kind: 'meeting' })
      },
      onError: async (error) => {
        if (await onFailed(error)) onClose()
      },
    }),
  )
  const startsAt = instantOf(day, time)
  const zone = lead.contact?.zone ?? null
  return (
    <Dialog title={`Meeting with ${lead.name}`} open onClose={onClose}>
      <DialogForm
        error={book.error}
        deed="Book"
        busy={book.isPending}
        disabled={startsAt === undefined}
        onSubmit={() => startsAt !== undefined && book.mutate({ id: lead.id, rev: lead.rev, startsAt, note })}
        onClose={onClose}
      >
        <div className="two-columns">
          <TextField
            label="Day"
            type="date"
            value={day}
            data-autofocus
            onChange={(event) => setWhen({ day: event.currentTarget.value, time })}
          />
          <FormField label="Time, by your clock">
            {(ids) => <ClockInput {...ids} value={time} onChange={(value) => setWhen({ day, time: value ?? time })} />}
          </FormField>
        </div>
        {startsAt !== undefined && zone !== null && (
          <p className="small muted">There it is {dateWords(startsAt, { now: Date.now(), zone }, true)}.</p>
        )}
        <Textarea
          label="Note, if it helps"
          autosize
          minRows={2}
          value={note}
          error={fieldProblems(book.error).note}
          placeholder="What it is about"
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <p className="small muted">It stands in your list on that day, and stops the clock. No invitation is sent.</p>
      </DialogForm>
    </Dialog>
  )
}
