import type { ConfigOf } from '@baton/engine'
import { IconPlus } from '@tabler/icons-react'
import { WhereTokens } from '../../condition/where-tokens.tsx'
import { Button } from '../../ui/button.tsx'
import { Autocomplete, Select, TextInput } from '../../ui/fields.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { type FormProps, wrongAt } from '../screen.ts'

type Config = ConfigOf<'trigger'>
type On = Config['on']

const fresh: Record<On['kind'], On> = {
  segment: { kind: 'segment', segmentId: null },
  event: { kind: 'event', type: null, where: [], key: null },
  manual: { kind: 'manual' },
}

export function Form({ config, catalog, readOnly, issues, onChange }: FormProps<Config>) {
  const { on } = config
  const set = (next: On) => onChange({ ...config, on: next })
  return (
    <div className="stack">
      <Segmented
        label="What lets people in"
        size="small"
        value={on.kind}
        onChange={(kind) => kind !== on.kind && set(fresh[kind])}
        options={[
          { value: 'segment', label: 'Segment', disabled: readOnly },
          { value: 'event', label: 'Event', disabled: readOnly },
          { value: 'manual', label: 'By hand', disabled: readOnly },
        ]}
      />
      {on.kind === 'segment' && (
        <Select
          label="Segment"
          description="Whoever becomes a member comes in."
          placeholder="Choose a segment"
          searchable
          nothingFoundMessage="No segment is called so."
          disabled={readOnly}
          data={catalog.segments.map(({ id, name }) => ({ value: id, label: name }))}
          value={on.segmentId}
          onChange={(segmentId) => set({ ...on, segmentId })}
          error={wrongAt(issues, 'on.segmentId')}
        />
      )}
      {on.kind === 'event' && (
        <>
          <Autocomplete
            label="Event"
            description="Choose one that came in before, or type the name of one that will."
            placeholder="Trial started"
            disabled={readOnly}
            data={[...catalog.eventTypes]}
            value={on.type ?? ''}
            onChange={(type) => set({ ...on, type: type === '' ? null : type })}
            error={wrongAt(issues, 'on.type')}
          />
          <div className="field">
            <span className="label">Only if</span>
            <div className="cond">
              {on.where.map((rule, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the place is what the tokens edit
                <div key={at}>
                  <WhereTokens
                    rule={rule}
                    readOnly={readOnly}
                    onChange={(next) => set({ ...on, where: on.where.map((it, place) => (place === at ? next : it)) })}
                    onRemove={() => set({ ...on, where: on.where.filter((_, place) => place !== at) })}
                  />
                </div>
              ))}
              {!readOnly && (
                <Button
                  size="small"
                  look="quiet"
                  icon={<IconPlus size={14} stroke={1.75} />}
                  onClick={() => set({ ...on, where: [...on.where, { key: 'url', op: 'contains' }] })}
                >
                  Property
                </Button>
              )}
            </div>
            {issues
              .filter((it) => it.path?.startsWith('on.where.'))
              .map((it) => (
                <p key={it.path} className="wrong">
                  {it.say}
                </p>
              ))}
          </div>
          <TextInput
            label="Once per"
            description="A property that names the order, booking or the like: each has a passage of its own. Empty: one passage per person."
            placeholder="order_id"
            disabled={readOnly}
            value={on.key ?? ''}
            onChange={(event) => set({ ...on, key: event.currentTarget.value === '' ? null : event.currentTarget.value })}
            error={wrongAt(issues, 'on.key')}
          />
        </>
      )}
      {on.kind === 'manual' && <p className="small muted">Somebody adds people from their page or from a list, or a program does.</p>}
    </div>
  )
}
