import { IconX } from '@tabler/icons-react'
import { Button, IconButton } from '../../../ui/button.tsx'
import { NumberInput, Select } from '../../../ui/fields.tsx'
import type { Rules } from './rules.ts'

type Cap = Rules['caps'][number]
type Props = { caps: readonly Cap[]; wrong: Readonly<Record<string, string>>; readOnly: boolean; onChange: (caps: Cap[]) => void }

/** Whole days read as days; every other window in hours. */
const unitOf = ({ hours }: Cap) => (hours % 24 === 0 ? 'days' : 'hours')
const size = { hours: 1, days: 24 } as const

/** At most so many mails in so many days, a row each. */
export function CapRows({ caps, wrong, readOnly, onChange }: Props) {
  const change = (at: number, to: Partial<Cap>) => onChange(caps.map((it, n) => (n === at ? { ...it, ...to } : it)))
  return (
    <div className="cap-rows">
      {caps.map((cap, at) => {
        const unit = unitOf(cap)
        const name = `limit ${at + 1}`
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a limit is nothing but its place
          <div key={at} className="row cap-row">
            <span>At most</span>
            <NumberInput
              aria-label={`Mails of ${name}`}
              w={84}
              min={1}
              allowDecimal={false}
              disabled={readOnly}
              value={cap.count}
              error={wrong[`caps.${at}.count`]}
              onChange={(count) => change(at, { count: Number(count) })}
            />
            <span>{cap.count === 1 ? 'mail in' : 'mails in'}</span>
            <NumberInput
              aria-label={`Window of ${name}`}
              w={84}
              min={1}
              allowDecimal={false}
              disabled={readOnly}
              value={cap.hours / size[unit]}
              error={wrong[`caps.${at}.hours`]}
              onChange={(n) => change(at, { hours: Number(n) * size[unit] })}
            />
            <Select
              aria-label={`Unit of ${name}`}
              w={104}
              allowDeselect={false}
              disabled={readOnly}
              data={['hours', 'days']}
              value={unit}
              onChange={(to) => {
                const amount = cap.hours / size[unit]
                // Some hours may be whole days, too: then they are read as days.
                change(at, { hours: to === 'days' ? amount * 24 : amount % 24 === 0 ? amount + 1 : amount })
              }}
            />
            {!readOnly && (
              <IconButton
                label={`Remove ${name}`}
                icon={<IconX size={14} stroke={1.75} />}
                onClick={() => onChange(caps.filter((_, n) => n !== at))}
              />
            )}
          </div>
        )
      })}
      {caps.length === 0 && <p>No limit.</p>}
      {!readOnly && caps.length < 5 && (
        <Button onClick={() => onChange([...caps, caps.length === 0 ? { count: 1, hours: 24 } : { count: 3, hours: 168 }])}>
          Add a limit
        </Button>
      )}
    </div>
  )
}
