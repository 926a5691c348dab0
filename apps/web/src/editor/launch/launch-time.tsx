import { useState } from 'react'
import type { Answers } from '../../shell/api.ts'
import { Callout } from '../../ui/callout.tsx'
import { DateText, useNow } from '../../ui/date-text.tsx'
import { Radio } from '../../ui/fields.tsx'
import { CallOff } from './call-off.tsx'

type Planned = Answers['flows']['publishPreview']['launch']

const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone.replaceAll('_', ' ')

/** As an input for local times has it. */
const localText = (at: number) => {
  const date = new Date(at)
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

const HOUR = 3_600_000

type Props = {
  flowId: string
  planned: Planned
  /** null: now; NaN: a time that is none. */
  when: number | null
  onWhen: (at: number | null) => void
}

/** Whether a draft goes live now or at an instant, in the reader's zone; and what is planned already. */
export function LaunchTime({ flowId, planned, when, onWhen }: Props) {
  const now = useNow()
  const soon = Math.ceil((now + HOUR) / HOUR) * HOUR
  const [text, setText] = useState(() => localText(soon))
  const set = (next: string) => {
    setText(next)
    onWhen(new Date(next).getTime())
  }
  return (
    <>
      {planned && (
        <Callout
          tone={planned.same ? 'plain' : 'warn'}
          title={
            <>
              {planned.same ? 'It goes live by itself ' : 'It would have gone live '}
              <DateText at={planned.dueAt} style="full" />.
            </>
          }
          action={<CallOff flowId={flowId} />}
        >
          {planned.same
            ? `${planned.byName} planned it. Checks and approvals have to hold then.`
            : `The draft was changed since ${planned.byName} planned it, so it will not. Plan it anew.`}
        </Callout>
      )}
      <Radio.Group
        className="publish-when"
        label="When"
        value={when === null ? 'now' : 'later'}
        onChange={(value) => (value === 'now' ? onWhen(null) : set(text))}
      >
        <Radio value="now" label="Now" />
        <Radio value="later" label="At a time" />
      </Radio.Group>
      {when !== null && (
        <div className="publish-at">
          <input
            type="datetime-local"
            className="field-input num"
            aria-label="When it goes live"
            min={localText(now)}
            value={text}
            onChange={(event) => set(event.currentTarget.value)}
          />
          <span className="small muted">
            Your time, {zone()}. The server checks it once more then, and tells you if it may not go live.
          </span>
        </div>
      )}
    </>
  )
}
