import type { Catalog, ConfigOf } from '@baton/engine'
import { Select, Switch } from '../../ui/fields.tsx'
import { type FormProps, wrongAt } from '../screen.ts'
import { Again } from './again.tsx'
import { choosable } from './choosable.ts'
import { NotNow } from './not-now.tsx'
import { rulesWords } from './rules-words.ts'
import { WriteMail } from './write-mail.tsx'

type Config = ConfigOf<'send-email'>

/** To whom a mail goes, by what its template says. */
function audience(chosen: Catalog['templates'][number] | undefined, catalog: Catalog): string | undefined {
  if (!chosen) return undefined
  if (chosen.purpose === 'transactional') return 'Not marketing: goes out without consent, at any hour, and while sales holds the person.'
  const topic = chosen.topic === undefined || chosen.topic === null ? undefined : catalog.topics.find((it) => it.id === chosen.topic)
  return topic ? `Goes to those who agreed to “${topic.name}”.` : 'Marketing: goes to those who agreed to marketing mail.'
}

export function Form(props: FormProps<Config>) {
  const { config, catalog, readOnly, issues, onChange } = props
  const chosen = catalog.templates.find((it) => it.id === config.templateId)
  const rules = chosen?.purpose === 'transactional' ? undefined : rulesWords(catalog.sending)
  return (
    <div className="stack">
      <Select
        label="Mail"
        placeholder="Choose a mail"
        searchable
        nothingFoundMessage="No mail is called so."
        disabled={readOnly}
        data={choosable(catalog.templates, config.templateId).map(({ id, name }) => ({ value: id, label: name }))}
        value={chosen ? config.templateId : null}
        onChange={(templateId) => onChange({ ...config, templateId })}
        error={wrongAt(issues, 'templateId') ?? issues.find((it) => it.code === 'missing-template')?.say}
        description={audience(chosen, catalog)}
      />
      {!readOnly && <WriteMail mail={chosen} known={catalog.templates} onMade={(templateId) => onChange({ ...config, templateId })} />}
      <Again {...props} />
      <NotNow {...props} />
      <Switch
        label="On behalf of sales"
        description="Goes out although sales holds the person."
        disabled={readOnly}
        checked={config.onSalesBehalf}
        onChange={(event) => onChange({ ...config, onSalesBehalf: event.currentTarget.checked })}
      />
      {rules !== undefined && <p className="small muted">{rules}</p>}
    </div>
  )
}
