import { Menu } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconDots, IconPlus, IconTrash } from '@tabler/icons-react'
import { ConditionBuilder } from '../../condition/index.tsx'
import { WhereTokens } from '../../condition/where-tokens.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { Autocomplete, NumberInput, Radio, Select, Switch } from '../../ui/fields.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { type FormProps, wrongAt } from '../screen.ts'
import { type Config, Length, type PartProps, type UntilOf } from './parts.tsx'

type Branch = UntilOf<'event'>['branches'][number]
type Counts = UntilOf<'event'>['counts']

/** A port's id stays when its way is renamed or moved, so it is never one that was used before. */
function freshId(branches: readonly Branch[]): string {
  const used = branches.map(({ id }) => Number(/^way-(\d+)$/.exec(id)?.[1] ?? 0))
  return `way-${Math.max(0, ...used) + 1}`
}

/** Something that happens, or a condition that becomes true: each is a way; nothing in time is another. */
export function ForSomething(props: PartProps<'event'>) {
  const { until, set, readOnly, issues } = props
  const { branches, timeOut, counts, release } = until
  const put = (next: Branch[]) => set({ branches: next })
  const change = (at: number, part: Partial<Branch>) => put(branches.map((it, place) => (place === at ? { ...it, ...part } : it)))
  const move = (at: number, by: number) => {
    const next = [...branches]
    const [one] = next.splice(at, 1)
    if (one) next.splice(at + by, 0, one)
    put(next)
  }
  const hasEvents = branches.some((it) => it.match.kind === 'event')
  return (
    <>
      <div className="cases">
        {branches.map((it, at) => (
          <Way
            key={it.id}
            {...props}
            branch={it}
            at={at}
            last={at === branches.length - 1}
            change={(part) => change(at, part)}
            move={(by) => move(at, by)}
            remove={() => put(branches.filter((_, place) => place !== at))}
          />
        ))}
        {wrongAt(issues, 'until.branches') !== undefined && <p className="wrong">{wrongAt(issues, 'until.branches')}</p>}
        {!readOnly && (
          <Button
            size="small"
            icon={<IconPlus size={14} stroke={1.75} />}
            onClick={() => put([...branches, { id: freshId(branches), name: '', match: { kind: 'event', type: null, where: [] } }])}
          >
            Add something
          </Button>
        )}
      </div>
      <Switch
        label="Not longer than"
        disabled={readOnly}
        checked={timeOut !== null}
        onChange={(event) =>
          set(event.currentTarget.checked ? { timeOut: { amount: 3, unit: 'days' } } : { timeOut: null, release: 'at-once' })
        }
      />
      {timeOut === null ? (
        <p className="small warn">{wrongAt(issues, 'until.timeOut') ?? 'Whoever it never happens to waits for ever.'}</p>
      ) : (
        <>
          <Length
            label="How long"
            path="until.timeOut.amount"
            {...timeOut}
            readOnly={readOnly}
            issues={issues}
            onChange={(length) => set({ timeOut: length })}
          />
          <Radio.Group
            label="When it happens"
            value={release}
            onChange={(to) => set({ release: to === 'hold' ? 'hold' : 'at-once' })}
            error={wrongAt(issues, 'until.release')}
          >
            <Radio value="at-once" label="they go on at once" disabled={readOnly} />
            <Radio value="hold" label="they stay the full time, then go the way of what came first" disabled={readOnly} />
          </Radio.Group>
        </>
      )}
      {hasEvents && <WhatCounts counts={counts} readOnly={readOnly} issues={issues} onChange={(next) => set({ counts: next })} />}
    </>
  )
}

const countChoices: readonly { value: Counts['kind']; label: string }[] = [
  { value: 'after-arriving', label: 'what happens after they arrive here' },
  { value: 'since-entering', label: 'also what happened since they came in' },
  { value: 'within-days', label: 'also what happened some days before' },
]

function WhatCounts({
  counts,
  readOnly,
  issues,
  onChange,
}: Pick<FormProps<Config>, 'readOnly' | 'issues'> & { counts: Counts; onChange: (counts: Counts) => void }) {
  return (
    <>
      <Select
        label="What counts"
        allowDeselect={false}
        disabled={readOnly}
        data={[...countChoices]}
        value={counts.kind}
        onChange={(to) =>
          onChange(
            to === 'within-days' ? { kind: 'within-days', days: 7 } : to === 'since-entering' ? { kind: to } : { kind: 'after-arriving' },
          )
        }
      />
      {counts.kind === 'within-days' && (
        <NumberInput
          label="Days before they arrive"
          description="Each of 24 hours."
          min={1}
          max={3650}
          allowDecimal={false}
          disabled={readOnly}
          value={counts.days ?? ''}
          onChange={(days) => onChange({ kind: 'within-days', days: typeof days === 'number' ? days : null })}
          error={wrongAt(issues, 'until.counts.days')}
        />
      )}
    </>
  )
}

type WayProps = PartProps<'event'> & {
  branch: Branch
  at: number
  last: boolean
  change: (part: Partial<Branch>) => void
  move: (by: number) => void
  remove: () => void
}

function Way({ branch, at, last, change, move, remove, catalog, readOnly, issues }: WayProps) {
  const { match } = branch
  const path = `until.branches.${at}`
  const own = issues.filter((it) => it.path === path || it.path?.startsWith(`${path}.`))
  const shown = branch.name.trim() || (match.kind === 'event' && match.type) || `Way ${at + 1}`
  return (
    <section className={`case open${own.length > 0 ? ' wrong' : ''}`} aria-label={shown}>
      <div className="row">
        <span className="ord wait">{at + 1}</span>
        <input
          className="case-name grow"
          aria-label="Name of the way"
          placeholder={match.kind === 'event' && match.type ? match.type : `Way ${at + 1}`}
          maxLength={80}
          disabled={readOnly}
          value={branch.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        {!readOnly && (
          <Menu position="bottom-end" width={180}>
            <Menu.Target>
              <IconButton size="small" label={`More for ${shown}`} icon={<IconDots size={14} stroke={1.75} />} />
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item disabled={at === 0} leftSection={<IconArrowUp size={16} stroke={1.75} />} onClick={() => move(-1)}>
                Ask earlier
              </Menu.Item>
              <Menu.Item disabled={last} leftSection={<IconArrowDown size={16} stroke={1.75} />} onClick={() => move(1)}>
                Ask later
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item data-danger leftSection={<IconTrash size={16} stroke={1.75} />} onClick={remove}>
                Remove
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <div className="case-when stack">
        <Segmented
          label="What it waits for"
          size="small"
          value={match.kind}
          onChange={(kind) =>
            kind !== match.kind &&
            change({
              match: kind === 'event' ? { kind, type: null, where: [] } : { kind: 'condition', when: { combinator: 'and', rules: [] } },
            })
          }
          options={[
            { value: 'event', label: 'It happens', disabled: readOnly },
            { value: 'condition', label: 'It becomes true', disabled: readOnly },
          ]}
        />
        {match.kind === 'event' ? (
          <>
            <Autocomplete
              aria-label="Event"
              placeholder="Choose an event, or type its name"
              disabled={readOnly}
              data={[...catalog.eventTypes]}
              value={match.type ?? ''}
              onChange={(type) => change({ match: { ...match, type: type === '' ? null : type } })}
              error={wrongAt(issues, `${path}.match.type`)}
            />
            <div className="cond">
              {match.where.map((rule, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the place is what the tokens edit
                <div key={place}>
                  <WhereTokens
                    of="event"
                    rule={rule}
                    readOnly={readOnly}
                    onChange={(next) => change({ match: { ...match, where: match.where.map((it, i) => (i === place ? next : it)) } })}
                    onRemove={() => change({ match: { ...match, where: match.where.filter((_, i) => i !== place) } })}
                  />
                </div>
              ))}
              {!readOnly && (
                <Button
                  size="small"
                  look="quiet"
                  icon={<IconPlus size={14} stroke={1.75} />}
                  onClick={() => change({ match: { ...match, where: [...match.where, { key: 'url', op: 'contains' }] } })}
                >
                  Property
                </Button>
              )}
            </div>
            {own
              .filter((it) => it.path?.startsWith(`${path}.match.where.`))
              .map((it) => (
                <p key={it.path} className="wrong">
                  {it.say}
                </p>
              ))}
          </>
        ) : (
          <ConditionBuilder
            value={match.when}
            catalog={catalog}
            readOnly={readOnly}
            onChange={(when) => change({ match: { kind: 'condition', when } })}
          />
        )}
      </div>
    </section>
  )
}
