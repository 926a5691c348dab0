import type { ConfigOf } from '@baton/engine'
import { IconPlus, IconX } from '@tabler/icons-react'
import { Button, IconButton } from '../../ui/button.tsx'
import { Select, TextInput } from '../../ui/fields.tsx'
import type { FormProps } from '../screen.ts'

type Config = ConfigOf<'webhook'>
type Header = Config['headers'][number]

/** Headers of the call. What must not be read by all is a secret, chosen by its name. */
export function Headers({ config, catalog, readOnly, issues, onChange }: FormProps<Config>) {
  const { headers } = config
  const set = (next: Header[]) => onChange({ ...config, headers: next })
  const change = (at: number, part: Partial<Header>) => set(headers.map((it, place) => (place === at ? { ...it, ...part } : it)))
  return (
    <div className="field">
      <span className="label">Headers</span>
      {headers.map(({ name, value }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is what is edited
        <div key={at} className="way-row">
          <TextInput
            aria-label="Name of the header"
            placeholder="X-Source"
            maxLength={100}
            disabled={readOnly}
            value={name}
            onChange={(event) => change(at, { name: event.currentTarget.value })}
            error={issues.some((it) => it.path === `headers.${at}.name`)}
          />
          {value.from === 'text' ? (
            <TextInput
              aria-label={`Value of ${name}`}
              placeholder="value"
              maxLength={1000}
              disabled={readOnly}
              value={value.text}
              onChange={(event) => change(at, { value: { from: 'text', text: event.currentTarget.value } })}
              error={issues.some((it) => it.path === `headers.${at}.value`)}
            />
          ) : (
            <Select
              aria-label={`Secret for ${name}`}
              placeholder="Choose a secret"
              nothingFoundMessage="No secret yet. Add one in the settings."
              disabled={readOnly}
              data={[...catalog.secrets]}
              value={value.name}
              onChange={(secret) => change(at, { value: { from: 'secret', name: secret } })}
              error={issues.some((it) => it.path === `headers.${at}.value`)}
            />
          )}
          {!readOnly && (
            <IconButton
              size="small"
              label={`Remove the header ${name}`}
              icon={<IconX size={14} stroke={1.75} />}
              onClick={() => set(headers.filter((_, place) => place !== at))}
            />
          )}
        </div>
      ))}
      {issues
        .filter((it) => it.path?.startsWith('headers.'))
        .map((it) => (
          <p key={`${it.path}${it.say}`} className="wrong">
            {it.say}
          </p>
        ))}
      {!readOnly && (
        <div className="row">
          <Button
            size="small"
            look="quiet"
            icon={<IconPlus size={14} stroke={1.75} />}
            onClick={() => set([...headers, { name: '', value: { from: 'text', text: '' } }])}
          >
            Header
          </Button>
          <Button
            size="small"
            look="quiet"
            icon={<IconPlus size={14} stroke={1.75} />}
            onClick={() => set([...headers, { name: 'Authorization', value: { from: 'secret', name: null } }])}
          >
            Header with a secret
          </Button>
        </div>
      )}
    </div>
  )
}
