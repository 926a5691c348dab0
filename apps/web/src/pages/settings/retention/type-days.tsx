import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button, IconButton } from '../../../ui/button.tsx'
import { NumberInput, Select } from '../../../ui/fields.tsx'
import type { Kept, Stored } from './kept.ts'

type Type = Stored['types'][number]
type Props = {
  types: readonly Type[]
  kept: Kept
  wrong: Readonly<Record<string, string>>
  onChange: (typeDays: Kept['typeDays']) => void
}

/** Types with a time of their own, and those that are kept longer than the settings say, with who looks at them. */
export function TypeDays({ types, kept, wrong, onChange }: Props) {
  const [picked, setPicked] = useState<string | null>(null)
  const own = Object.entries(kept.typeDays).sort(([a], [b]) => (a < b ? -1 : 1))
  const without = types.filter(({ type }) => !Object.hasOwn(kept.typeDays, type)).map(({ type }) => type)
  const longer = types.filter(({ type, needed }) => {
    const days = Object.hasOwn(kept.typeDays, type) ? kept.typeDays[type] : kept.eventDays
    return needed !== null && typeof days === 'number' && (needed.days === null || needed.days + 1 > days)
  })
  const add = () => {
    if (picked === null) return
    onChange({ ...kept.typeDays, [picked]: kept.eventDays ?? 365 })
    setPicked(null)
  }
  return (
    <div className="type-days">
      {own.map(([type, days]) => (
        <div key={type} className="row">
          <span className="grow clip">{type}</span>
          <NumberInput
            aria-label={`Days for ${type}`}
            placeholder="for ever"
            suffix=" days"
            w={140}
            min={30}
            max={3650}
            allowDecimal={false}
            thousandSeparator=","
            value={days ?? ''}
            error={wrong[`typeDays.${type}`]}
            onChange={(value) => onChange({ ...kept.typeDays, [type]: value === '' ? null : Number(value) })}
          />
          <IconButton
            label={`No time of its own for ${type}`}
            icon={<IconX size={14} stroke={1.75} />}
            onClick={() => onChange(Object.fromEntries(own.filter(([name]) => name !== type)))}
          />
        </div>
      ))}
      {without.length > 0 && (
        <div className="row">
          <Select
            aria-label="Type of event"
            placeholder="Another time for one type"
            searchable
            w={280}
            data={without}
            value={picked}
            onChange={setPicked}
          />
          <Button disabled={picked === null} onClick={add}>
            Add
          </Button>
        </div>
      )}
      {longer.length > 0 && (
        <div className="kept-longer">
          <p className="small">Kept longer than that, since somebody looks at them:</p>
          <ul className="small">
            {longer.map((it) => (
              <li key={it.type}>
                <strong>{it.type}</strong> {it.needed?.days === null || it.needed === null ? 'for ever' : `for ${it.needed.days + 1} days`}:{' '}
                {it.needed?.by.map((by, n) => (
                  <span key={`${by.kind}/${by.id}`}>
                    {n > 0 && ', '}
                    {by.kind === 'flow' ? (
                      <Link to="/flows/$flowId" params={{ flowId: by.id }}>
                        {by.name}
                      </Link>
                    ) : (
                      `segment ${by.name}`
                    )}
                  </span>
                ))}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
