import type { ConfigOf } from '@baton/engine'
import { Switch } from '../../ui/fields.tsx'
import { type FormProps, wrongAt } from '../screen.ts'
import { Count } from './who.tsx'

/** Marketing takes its turn after a voicemail, and hands them over again. */
export function VoicemailLoop({ config, readOnly, issues, onChange }: FormProps<ConfigOf<'hand-to-sales'>>) {
  const { voicemail } = config
  return (
    <>
      <Switch
        label="Give them a way of their own after a voicemail"
        description={
          voicemail === null
            ? 'A voicemail is written down, and the rep tries again.'
            : 'The lead rests with its rep while you write to them. Lead them back here, behind a wait, for the next try.'
        }
        disabled={readOnly}
        checked={voicemail !== null}
        onChange={(event) => onChange({ ...config, voicemail: event.currentTarget.checked ? { attempts: 3 } : null })}
      />
      {voicemail !== null && (
        <Count
          label="Tries in all"
          description="After the last voicemail they go on by No response."
          value={voicemail.attempts}
          max={100}
          readOnly={readOnly}
          error={wrongAt(issues, 'voicemail.attempts')}
          onChange={(attempts) => onChange({ ...config, voicemail: { attempts } })}
        />
      )}
    </>
  )
}
