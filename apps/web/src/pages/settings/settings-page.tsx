import './settings.css'
import { useMantineColorScheme } from '@mantine/core'
import { setPreferences, usePreferences } from '../../shell/preferences.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import type { Scheme } from '../../theme/scheme.ts'
import { Switch } from '../../ui/fields.tsx'
import { type Segment, Segmented } from '../../ui/segmented.tsx'

const schemes: readonly Segment<Scheme>[] = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'As the system' },
]

/** What a person sets for this browser. */
function Mine() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const letters = usePreferences((state) => state.letters)
  return (
    <section className="setting-block">
      <h2>For you, in this browser</h2>
      <div className="setting">
        <h4>Colours</h4>
        <Segmented label="Colours" value={colorScheme} options={schemes} onChange={setColorScheme} size="small" />
      </div>
      <div className="setting">
        <div>
          <h4>Single letters as shortcuts</h4>
          <p className="small muted">On the canvas, on lists and on Desk. Never while you type in a field.</p>
        </div>
        <Switch
          aria-label="Single letters as shortcuts"
          checked={letters}
          onChange={(event) => setPreferences({ letters: event.currentTarget.checked })}
        />
      </div>
    </section>
  )
}

export function SettingsPage() {
  return (
    <div className="page">
      <TopBar crumbs={['Settings']} />
      <div className="page-body settings">
        <Mine />
      </div>
    </div>
  )
}
