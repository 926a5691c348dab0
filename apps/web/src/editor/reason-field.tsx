import { IconCircleCheck } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answers, api } from '../shell/api.ts'
import { TextInput } from '../ui/fields.tsx'
import { toast } from '../ui/toast.ts'

export type Reasons = Answers['flows']['reasons']

/** Why warnings of a draft may stand, and how to say so. */
export function useReasons(flowId: string) {
  const queries = useQueryClient()
  const options = api.flows.reasons.queryOptions({ id: flowId })
  const reasons = useQuery(options)
  const saving = useMutation(
    api.flows.acknowledge.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: options.queryKey }),
      onError: (error) => toast({ words: error.message, bad: true }),
    }),
  )
  return { reasons: reasons.data, save: (key: string, reason: string | null) => saving.mutate({ id: flowId, key, reason }) }
}

/** Long enough to say anything. */
export const isReason = (text: string): boolean => text.trim().length >= 3

type Props = {
  /** What the warning says. */
  about: string
  given: Reasons[string] | null
  writable: boolean
  /** What stands in the field while it is written. */
  onWrite?: ((text: string) => void) | undefined
  onSave: (reason: string | null) => void
}

/** Why a warning may stand: as it was said, or a field to say it. It is kept when the field is left, or by Enter. */
export function ReasonField({ about, given, writable, onWrite, onSave }: Props) {
  const [text, setText] = useState<string | null>(null)
  if (given && text === null) {
    return (
      <p className="reason small muted">
        <IconCircleCheck size={14} stroke={1.75} className="ok" aria-hidden="true" />
        <span>
          Stands: {given.reason} <span className="faint">{given.byName}</span>
        </span>
        {writable && (
          <button type="button" className="link" onClick={() => setText(given.reason)} aria-label={`Change why this may stand: ${about}`}>
            Change
          </button>
        )}
      </p>
    )
  }
  if (!writable) return null
  const keep = () => {
    if (text === null) return
    const words = text.trim()
    if (words === (given?.reason ?? '')) setText(given ? null : '')
    else if (words === '') {
      onSave(null)
      setText(null)
    } else if (isReason(words)) {
      onSave(words)
      setText(null)
    }
  }
  return (
    <TextInput
      className="reason"
      size="xs"
      maxLength={500}
      aria-label={`Why this may stand: ${about}`}
      placeholder="Publish all the same, because…"
      value={text ?? ''}
      onChange={(event) => {
        setText(event.currentTarget.value)
        onWrite?.(event.currentTarget.value)
      }}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') {
          event.preventDefault()
          keep()
        }
      }}
    />
  )
}
