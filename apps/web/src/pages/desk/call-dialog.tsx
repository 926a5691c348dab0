import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { DialogForm } from '../../shell/dialog-form.tsx'
import { fieldProblems } from '../../shell/problem.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Radio, Textarea } from '../../ui/fields.tsx'
import type { DeedDialogProps } from './dialog-props.ts'

type How = 'connected' | 'voicemail' | 'no-answer' | 'wrong-number'

const WAYS: readonly (readonly [how: How, words: string])[] = [
  ['connected', 'Reached'],
  ['voicemail', 'Voicemail'],
  ['no-answer', 'No answer'],
  ['wrong-number', 'Wrong number'],
]

/** What a voicemail means for this lead. */
function voicemailWords({ voicemails, attempt, state }: DeedDialogProps['lead']): string {
  if (voicemails === null || state !== 'assigned') return 'A voicemail is an attempt: it does not stop the clock.'
  if (attempt >= voicemails) return `This is attempt ${attempt} of ${voicemails}, the last. Then the lead goes back to marketing.`
  return `Attempt ${attempt} of ${voicemails}. The lead rests with you, marketing writes meanwhile, then you try again.`
}

const AFTER: Readonly<Record<Exclude<How, 'voicemail'>, string>> = {
  connected: 'You spoke to them: the clock stops.',
  'no-answer': 'It rang and nobody answered. The clock goes on.',
  'wrong-number': 'Marketing sees that the number is wrong.',
}

/** Logs a call: how it went, and what was said. */
export function CallDialog({ lead, onClose, onDone, onFailed }: DeedDialogProps) {
  const [how, setHow] = useState<How>('connected')
  const [note, setNote] = useState('')
  const log = useMutation(
    api.desk.logCall.mutationOptions({
      onSuccess: () => {
        onClose()
        return onDone({ kind: how })
      },
      onError: async (error) => {
        if (await onFailed(error)) onClose()
      },
    }),
  )
  const phone = lead.contact?.phone ?? null
  return (
    <Dialog title={`Call with ${lead.name}`} open onClose={onClose}>
      <DialogForm
        error={log.error}
        deed="Log"
        busy={log.isPending}
        onSubmit={() => log.mutate({ id: lead.id, rev: lead.rev, how, note })}
        onClose={onClose}
      >
        {phone !== null && (
          <p className="small muted">
            <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>
          </p>
        )}
        <Radio.Group label="How it went" value={how} onChange={(value) => setHow(WAYS.find(([one]) => one === value)?.[0] ?? 'connected')}>
          <div className="two-columns">
            {WAYS.map(([value, words], at) => (
              <Radio key={value} value={value} label={words} {...(at === 0 ? { 'data-autofocus': true } : {})} />
            ))}
          </div>
        </Radio.Group>
        <p className="small muted">{how === 'voicemail' ? voicemailWords(lead) : AFTER[how]}</p>
        <Textarea
          label="Note, if it helps"
          autosize
          minRows={2}
          value={note}
          error={fieldProblems(log.error).note}
          placeholder="What was said"
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </DialogForm>
    </Dialog>
  )
}
