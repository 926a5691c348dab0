import type { ConfigOf } from '@baton/engine'
import { Select, Switch, TextInput } from '../../ui/fields.tsx'
import { type FormProps, wrongAt } from '../screen.ts'

/** A task with its deadline is always there; the rest is chosen. */
export function Hears({ config, catalog, readOnly, issues, onChange }: FormProps<ConfigOf<'hand-to-sales'>>) {
  const { present } = config
  const { webhook } = present
  const set = (part: Partial<typeof present>) => onChange({ ...config, present: { ...present, ...part } })
  return (
    <>
      <p className="small muted">The lead is on the rep’s desk at once, with its deadline.</p>
      <Switch
        label="Mail to the rep at once"
        description="Unless the rep has chosen hourly or daily mails."
        disabled={readOnly}
        checked={present.mail}
        onChange={(event) => set({ mail: event.currentTarget.checked })}
      />
      <Switch
        label="In the team’s weekly report"
        disabled={readOnly}
        checked={present.digest}
        onChange={(event) => set({ digest: event.currentTarget.checked })}
      />
      <Switch
        label="Tell another system"
        disabled={readOnly}
        checked={webhook !== null}
        onChange={(event) => set({ webhook: event.currentTarget.checked ? { url: '', secret: null } : null })}
      />
      {webhook !== null && (
        <>
          <TextInput
            label="Web address"
            placeholder="https://example.com/leads"
            inputMode="url"
            maxLength={2000}
            disabled={readOnly}
            value={webhook.url}
            onChange={(event) => set({ webhook: { ...webhook, url: event.currentTarget.value } })}
            error={wrongAt(issues, 'present.webhook.url')}
          />
          <Select
            label="Signed with"
            placeholder="Not signed"
            clearable
            nothingFoundMessage="No secret yet. Add one in the settings."
            disabled={readOnly}
            data={[...catalog.secrets]}
            value={webhook.secret}
            onChange={(secret) => set({ webhook: { ...webhook, secret } })}
            error={issues.find((it) => it.code === 'missing-secret')?.say}
          />
        </>
      )}
    </>
  )
}
