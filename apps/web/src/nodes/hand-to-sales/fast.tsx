import type { ConfigOf } from '@baton/engine'
import { Radio, Switch } from '../../ui/fields.tsx'
import { type FormProps, wrongAt } from '../screen.ts'
import { Count } from './who.tsx'
import { WorkingTime } from './working-time.tsx'

type Props = FormProps<ConfigOf<'hand-to-sales'>>

/** The level: within what time a rep is active. */
export function HowFast({ config, readOnly, issues, onChange }: Props) {
  const { level } = config
  return (
    <>
      <Switch
        label="Promise an answer in time"
        description={level === null ? 'Nothing is promised: sales answers when it answers.' : undefined}
        disabled={readOnly}
        checked={level !== null}
        onChange={(event) => onChange({ ...config, level: event.currentTarget.checked ? { minutes: 240, remindBefore: 60 } : null })}
      />
      {level !== null && (
        <>
          <WorkingTime
            label="Within"
            description="In the rep’s own hours, from the next working minute on. Accepting, reaching them by call or mail, or a meeting keeps it; a voicemail does not."
            minutes={level.minutes}
            readOnly={readOnly}
            error={wrongAt(issues, 'level.minutes')}
            onChange={(minutes) => onChange({ ...config, level: { ...level, minutes } })}
          />
          <Switch
            label="Remind the rep before"
            disabled={readOnly}
            checked={level.remindBefore !== null}
            onChange={(event) => onChange({ ...config, level: { ...level, remindBefore: event.currentTarget.checked ? 60 : null } })}
          />
          {level.remindBefore !== null && (
            <WorkingTime
              label="This long before"
              minutes={level.remindBefore}
              readOnly={readOnly}
              error={wrongAt(issues, 'level.remindBefore')}
              onChange={(remindBefore) => onChange({ ...config, level: { ...level, remindBefore: remindBefore ?? 0 } })}
            />
          )}
        </>
      )}
    </>
  )
}

/** What becomes of a lead that was not worked in time. */
export function IfNobody({ config, readOnly, issues, onChange }: Props) {
  return (
    <>
      <Count
        label="Give it to so many others, one after the other"
        description="Each has the same time. A rep who is just writing to them keeps it a little longer."
        value={config.redistribute}
        max={10}
        readOnly={readOnly}
        error={wrongAt(issues, 'redistribute')}
        onChange={(it) => onChange({ ...config, redistribute: Math.min(10, Math.max(0, it ?? 0)) })}
      />
      <Radio.Group
        label="Then"
        value={config.afterBreach}
        onChange={(to) => onChange({ ...config, afterBreach: to === 'manager' ? 'manager' : 'no-response' })}
      >
        <Radio value="no-response" disabled={readOnly} label="Back to marketing" description="They go on by No response." />
        <Radio
          value="manager"
          disabled={readOnly}
          label="To the manager’s queue"
          description="They wait until the manager gives them to somebody."
        />
      </Radio.Group>
    </>
  )
}
