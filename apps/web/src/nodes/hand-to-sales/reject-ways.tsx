import type { ConfigOf } from '@baton/engine'
import { NEEDS_NOTE, REJECT_REASONS } from '@baton/leads'
import { IconPlus, IconX } from '@tabler/icons-react'
import { Button, IconButton } from '../../ui/button.tsx'
import { TagsInput, TextInput } from '../../ui/fields.tsx'
import { type FormProps, wrongAt } from '../screen.ts'

type Config = ConfigOf<'hand-to-sales'>
type Way = Config['rejectWays'][number]

/** What the desk offers; the flow may name more. The one that stands for all others has no way of its own. */
const REASONS = REJECT_REASONS.filter((it) => it !== NEEDS_NOTE)

/** A way's id stays when it is renamed, so it is never one that was used before. */
function freshId(ways: readonly Way[]): string {
  const used = ways.map(({ id }) => Number(/^way-(\d+)$/.exec(id)?.[1] ?? 0))
  return `way-${Math.max(0, ...used) + 1}`
}

/** Further ways out, each for some of the reasons why sales rejects. */
export function RejectWays({ config, readOnly, issues, onChange }: FormProps<Config>) {
  const { rejectWays } = config
  const set = (next: Way[]) => onChange({ ...config, rejectWays: next })
  const change = (at: number, part: Partial<Way>) => set(rejectWays.map((it, place) => (place === at ? { ...it, ...part } : it)))
  return (
    <>
      {rejectWays.length === 0 && <p className="small muted">Whatever the reason, rejected people go on by Rejected.</p>}
      {rejectWays.map(({ id, label, reasons }, at) => (
        <div key={id} className="agreed-way">
          <div className="way-row">
            <TextInput
              aria-label={`Name of the way for reasons ${at + 1}`}
              placeholder="Name, such as Too small"
              maxLength={60}
              disabled={readOnly}
              value={label}
              onChange={(event) => change(at, { label: event.currentTarget.value })}
              error={wrongAt(issues, `rejectWays.${at}.label`)}
            />
            {!readOnly && (
              <IconButton
                size="small"
                label={`Remove the way ${label || at + 1}`}
                icon={<IconX size={14} stroke={1.75} />}
                onClick={() => set(rejectWays.filter((_, place) => place !== at))}
              />
            )}
          </div>
          <TagsInput
            aria-label={`Reasons that lead to ${label || `way ${at + 1}`}`}
            placeholder={reasons.length === 0 ? 'Choose reasons, or write your own' : ''}
            maxTags={50}
            disabled={readOnly}
            data={REASONS.filter((it) => !rejectWays.some((way, place) => place !== at && way.reasons.includes(it)))}
            value={reasons}
            onChange={(next) => change(at, { reasons: next.map((it) => it.slice(0, 120)) })}
            error={wrongAt(issues, `rejectWays.${at}.reasons`)}
          />
        </div>
      ))}
      {!readOnly && (
        <Button
          className="at-start"
          size="small"
          look="quiet"
          icon={<IconPlus size={14} stroke={1.75} />}
          disabled={rejectWays.length >= 12}
          onClick={() => set([...rejectWays, { id: freshId(rejectWays), label: '', reasons: [] }])}
        >
          Way for some reasons
        </Button>
      )}
    </>
  )
}
