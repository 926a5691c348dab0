import { useMantineColorScheme } from '@mantine/core'
import { useMay, usePerson } from '../../shell/person.ts'
import { setPreferences, usePreferences } from '../../shell/preferences.ts'
import type { Scheme } from '../../theme/scheme.ts'
import { Switch } from '../../ui/fields.tsx'
import { type Segment, Segmented } from '../../ui/segmented.tsx'
import { LeadSettings } from './lead-settings.tsx'
import { Password } from './password.tsx'
import { SettingsHead } from './settings-head.tsx'

const schemes: readonly Segment<Scheme>[] = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'As the system' },
]

/** What a person sets for this browser, and the own password. */
export function Mine() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const person = usePerson()
  const sells = useMay('sales_manager', 'sales_rep')
  const letters = usePreferences((state) => state.letters)
  return (
    <>
      <SettingsHead title="This browser">What you set here holds for you, in this browser.</SettingsHead>
      <div className="setting-block">
        <div className="setting">
          <h3>Colours</h3>
          <Segmented label="Colours" value={colorScheme} options={schemes} onChange={setColorScheme} size="small" />
        </div>
        <div className="setting">
          <div>
            <h3>Single letters as shortcuts</h3>
            <p className="small muted">On the canvas, on lists and on Desk. Never while you type in a field.</p>
          </div>
          <Switch
            aria-label="Single letters as shortcuts"
            checked={letters}
            onChange={(event) => setPreferences({ letters: event.currentTarget.checked })}
          />
        </div>
      </div>
      {sells && <LeadSettings />}
      <SettingsHead title="Your account">What you set here holds for you, wherever you sign in.</SettingsHead>
      <div className="setting-block">
        <Password email={person.email} />
      </div>
    </>
  )
}
