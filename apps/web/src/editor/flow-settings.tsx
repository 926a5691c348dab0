import { type FlowSettings, setSettings, withSteps } from '@baton/engine'
import { IconPlus, IconSettings2 } from '@tabler/icons-react'
import { useMemo } from 'react'
import { ConditionBuilder, emptyCondition } from '../condition/index.tsx'
import { Button } from '../ui/button.tsx'
import { NumberInput, Select } from '../ui/fields.tsx'
import { Section } from '../ui/panel.tsx'
import { useEditor, useEditorStore } from './store.ts'
import { useGesture } from './use-gesture.ts'

type Reentry = FlowSettings['reentry']

const again: readonly { value: Reentry['when']; label: string }[] = [
  { value: 'never', label: 'never come in again' },
  { value: 'always', label: 'may come in again' },
  { value: 'after-days', label: 'may come in again after some days' },
  { value: 'at-most', label: 'may come in so many times in all' },
]

const begin: Readonly<Record<Reentry['when'], Reentry>> = {
  never: { when: 'never' },
  always: { when: 'always' },
  'after-days': { when: 'after-days', days: 30 },
  'at-most': { when: 'at-most', times: 3 },
}

/** What holds for the whole flow; shown while no step is selected. */
export function FlowSettingsForm() {
  return (
    <>
      <header className="insp-head">
        <IconSettings2 size={18} stroke={1.75} className="faint" aria-hidden="true" />
        <div className="grow">
          <h2>The whole flow</h2>
          <p className="small muted">Choose a step to see what it does.</p>
        </div>
      </header>
      <ComesAgain />
      <LeavesEarly />
    </>
  )
}

/** The settings, and how to change a part of them. */
function useSettings() {
  const store = useEditorStore()
  const settings = useEditor((state) => state.history.present.settings)
  const readOnly = useEditor((state) => state.readOnly)
  const { watch, gesture } = useGesture('settings')
  const set = (part: Partial<FlowSettings>) => store.getState().edit((graph) => setSettings(graph, part), gesture())
  return { settings, readOnly, set, watch }
}

function ComesAgain() {
  const { settings, readOnly, set, watch } = useSettings()
  const { reentry } = settings
  return (
    <Section title="Who comes again">
      <div className="stack" {...watch}>
        <Select
          label="People who left the flow"
          allowDeselect={false}
          disabled={readOnly}
          data={[...again]}
          value={reentry.when}
          onChange={(to) => {
            const when = again.find((it) => it.value === to)?.value
            if (when !== undefined && when !== reentry.when) set({ reentry: begin[when] })
          }}
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
        {reentry.when === 'at-most' && (
          <NumberInput
            label="Times in all"
            description="The first time counts. For each order or booking by itself, where the start names one."
            min={1}
            max={1000}
            allowDecimal={false}
            clampBehavior="strict"
            disabled={readOnly}
            value={reentry.times}
            onChange={(times) => typeof times === 'number' && times >= 1 && set({ reentry: { when: 'at-most', times } })}
          />
        )}
        <Select
          label="People who are still inside"
          description={settings.whileInside === 'restart' ? 'Mail of theirs that has not gone out is taken back.' : undefined}
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
  )
}

function LeavesEarly() {
  const { settings, readOnly, set, watch } = useSettings()
  const around = useEditor((state) => state.catalog)
  const graph = useEditor((state) => state.history.present)
  // The rule may ask who passed which step.
  const catalog = useMemo(() => withSteps(around, graph), [around, graph])
  const { exitWhen } = settings
  return (
    <Section title="Who leaves early">
      <div className="stack" {...watch}>
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
        <div className="field">
          <span className="label">Everybody, wherever they stand, leaves once</span>
          {exitWhen === undefined ? (
            <div>
              {readOnly ? (
                <p className="small muted">There is no such rule.</p>
              ) : (
                <Button
                  size="small"
                  look="quiet"
                  icon={<IconPlus size={14} stroke={1.75} />}
                  onClick={() => set({ exitWhen: emptyCondition })}
                >
                  Rule for leaving
                </Button>
              )}
            </div>
          ) : (
            <>
              <ConditionBuilder value={exitWhen} catalog={catalog} readOnly={readOnly} onChange={(next) => set({ exitWhen: next })} />
              {!readOnly && (
                <div>
                  <Button size="small" look="quiet" onClick={() => set({ exitWhen: undefined })}>
                    Remove the rule
                  </Button>
                </div>
              )}
              <p className="hint">Asked before and after every step. Mail that has not gone out is taken back.</p>
            </>
          )}
        </div>
      </div>
    </Section>
  )
}
