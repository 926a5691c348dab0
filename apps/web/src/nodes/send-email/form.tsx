import type { ConfigOf } from '@baton/engine'
import { Select, Switch } from '../../ui/fields.tsx'
import { type FormProps, wrongAt } from '../screen.ts'
import { choosable } from './choosable.ts'

type Config = ConfigOf<'send-email'>

export function Form({ config, catalog, readOnly, issues, onChange }: FormProps<Config>) {
  const chosen = catalog.templates.find((it) => it.id === config.templateId)
  return (
    <div className="stack">
      <Select
        label="Mail"
        placeholder="Choose a mail"
        searchable
        nothingFoundMessage="No mail is called so. Write it under Messages."
        disabled={readOnly}
        data={choosable(catalog.templates, config.templateId).map(({ id, name }) => ({ value: id, label: name }))}
        value={chosen ? config.templateId : null}
        onChange={(templateId) => onChange({ ...config, templateId })}
        error={wrongAt(issues, 'templateId') ?? issues.find((it) => it.code === 'missing-template')?.say}
        description={
          chosen?.purpose === 'transactional'
            ? 'Not marketing: goes out without consent, and while sales holds the person.'
            : chosen && 'Marketing: goes to those who agreed to marketing mail.'
        }
      />
      <Select
        label="Who may not get it"
        allowDeselect={false}
        disabled={readOnly}
        data={[
          { value: 'skip', label: 'goes on by the same way' },
          { value: 'port', label: 'takes a way of their own' },
        ]}
        value={config.ifNotSent}
        onChange={(to) => onChange({ ...config, ifNotSent: to === 'port' ? 'port' : 'skip' })}
      />
      <Switch
        label="On behalf of sales"
        description="Goes out although sales holds the person."
        disabled={readOnly}
        checked={config.onSalesBehalf}
        onChange={(event) => onChange({ ...config, onSalesBehalf: event.currentTarget.checked })}
      />
    </div>
  )
}
