import { IconX } from '@tabler/icons-react'
import { Button, IconButton } from '../../../ui/button.tsx'
import { NumberInput, TextInput } from '../../../ui/fields.tsx'
import type { Rules } from './rules.ts'

type Pace = Rules['pace']
type Each = Pace['each']
type Props = { pace: Pace; wrong: Readonly<Record<string, string>>; readOnly: boolean; onChange: (pace: Pace) => void }

/** How many mails at a time: in all, to each domain, and to domains with limits of their own. */
export function PaceFields({ pace, wrong, readOnly, onChange }: Props) {
  const change = (at: number, to: Partial<Pace['domains'][number]>) =>
    onChange({ ...pace, domains: pace.domains.map((it, n) => (n === at ? { ...it, ...to } : it)) })
  return (
    <div className="cap-rows">
      <div className="row cap-row">
        <span>In all, at most</span>
        <NumberInput
          aria-label="Mails at the same time"
          w={84}
          min={1}
          max={100}
          allowDecimal={false}
          disabled={readOnly}
          value={pace.connections}
          error={wrong['pace.connections']}
          onChange={(value) => onChange({ ...pace, connections: Number(value) })}
        />
        <span>at the same time from each process</span>
      </div>
      <div className="row cap-row">
        <span>To one domain, at most</span>
        <EachFields
          name="one domain"
          each={pace.each}
          path="pace.each."
          {...{ wrong, readOnly }}
          onChange={(each) => onChange({ ...pace, each })}
        />
      </div>
      {pace.domains.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a limit is nothing but its place
        <div key={at} className="row cap-row">
          <span>To</span>
          <TextInput
            aria-label={`Domain ${at + 1}`}
            w={190}
            placeholder="example.com"
            disabled={readOnly}
            value={one.domain}
            error={wrong[`pace.domains.${at}.domain`]}
            onChange={(event) => change(at, { domain: event.currentTarget.value })}
          />
          <span>at most</span>
          <EachFields
            name={one.domain === '' ? `domain ${at + 1}` : one.domain}
            each={one}
            path={`pace.domains.${at}.`}
            {...{ wrong, readOnly }}
            onChange={(each) => change(at, each)}
          />
          {!readOnly && (
            <IconButton
              label={`Remove ${one.domain === '' ? `domain ${at + 1}` : one.domain}`}
              icon={<IconX size={14} stroke={1.75} />}
              onClick={() => onChange({ ...pace, domains: pace.domains.filter((_, n) => n !== at) })}
            />
          )}
        </div>
      ))}
      {!readOnly && pace.domains.length < 200 && (
        <Button onClick={() => onChange({ ...pace, domains: [...pace.domains, { ...pace.each, domain: '' }] })}>Add a domain</Button>
      )}
    </div>
  )
}

type EachProps = {
  name: string
  each: Each
  /** Before the names of inputs at fault. */
  path: string
  wrong: Readonly<Record<string, string>>
  readOnly: boolean
  onChange: (each: Each) => void
}

const EachFields = ({ name, each, path, wrong, readOnly, onChange }: EachProps) => (
  <>
    <NumberInput
      aria-label={`Mails at the same time to ${name}`}
      w={84}
      min={1}
      max={100}
      allowDecimal={false}
      disabled={readOnly}
      value={each.connections}
      error={wrong[`${path}connections`]}
      onChange={(value) => onChange({ connections: Number(value), perMinute: each.perMinute })}
    />
    <span>at the same time, and</span>
    <NumberInput
      aria-label={`Mails a minute to ${name}`}
      w={104}
      min={1}
      allowDecimal={false}
      thousandSeparator=","
      placeholder="no limit"
      disabled={readOnly}
      value={each.perMinute ?? ''}
      error={wrong[`${path}perMinute`]}
      onChange={(value) => onChange({ connections: each.connections, perMinute: value === '' ? null : Number(value) })}
    />
    <span>a minute</span>
  </>
)
