import { type FlowSettings, setSettings } from '@baton/engine'
import { IconSettings2 } from '@tabler/icons-react'
import { NumberInput, Select } from '../ui/fields.tsx'
import { Section } from '../ui/panel.tsx'
import { useEditor, useEditorStore } from './store.ts'

type When = FlowSettings['reentry']['when']

const again: readonly { value: When; label: string }[] = [
  { value: 'never', label: 'never come in again' },
  { value: 'always', label: 'may come in again' },
  { value: 'after-days', label: 'may come in again after some days' },
]

/** What holds for the whole flow; shown while no step is selected. */
export function FlowSettingsForm() {
  const store = useEditorStore()
  const settings = useEditor((state) => state.history.present.settings)
  const readOnly = useEditor((state) => state.readOnly)
  const set = (part: Partial<FlowSettings>) => store.getState().edit((graph) => setSettings(graph, part))
  const { reentry } = settings
  return (
    <>
      <header className="insp-head">
        <IconSettings2 size={18} stroke={1.75} className="faint" aria-hidden="true" />
        <div className="grow">
          <h2>The whole flow</h2>
          <p className="small muted">Choose a step to see what it does.</p>
        </div>
      </header>
      <Section title="Who comes again">
        <div className="stack">
          <Select
            label="People who left the flow"
            allowDeselect={false}
            disabled={readOnly}
            data={[...again]}
            value={reentry.when}
            onChange={(when) =>
              set({ reentry: when === 'after-days' ? { when, days: 30 } : when === 'always' ? { when } : { when: 'never' } })
            }
          />
          {reentry.when === 'after-days' && (
            <NumberInput
              label="Days since they left"
              min={1}
              max={3650}
              allowDecimal={false}
              clampBehavior="strict"
              disabled={readOnly}
              value={reentry.days}
              onChange={(days) => typeof days === 'number' && days >= 1 && set({ reentry: { when: 'after-days', days } })}
            />
          )}
          <Select
            label="People who are still inside"
            allowDeselect={false}
            disabled={readOnly}
            data={[
              { value: 'ignore', label: 'stay where they are' },
              { value: 'restart', label: 'start from the beginning' },
            ]}
            value={settings.whileInside}
            onChange={(to) => set({ whileInside: to === 'restart' ? 'restart' : 'ignore' })}
          />
        </div>
      </Section>
      <Section title="Who leaves early">
        <Select
          label="People who came by a segment and are no longer in it"
          allowDeselect={false}
          disabled={readOnly}
          data={[
            { value: 'stay', label: 'go on to the end' },
            { value: 'leave', label: 'leave at once' },
          ]}
          value={settings.onLeavingSegment}
          onChange={(to) => set({ onLeavingSegment: to === 'leave' ? 'leave' : 'stay' })}
        />
      </Section>
    </>
  )
}
