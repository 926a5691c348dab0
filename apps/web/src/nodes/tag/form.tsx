import type { ConfigOf } from '@baton/engine'
import { TagsInput } from '../../ui/fields.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import type { FormProps } from '../screen.ts'

export function Form({ config, catalog, readOnly, issues, onChange }: FormProps<ConfigOf<'tag'>>) {
  const known = catalog.fields.find((it) => it.type === 'tags')?.options ?? []
  return (
    <div className="stack">
      <Segmented
        label="What to do with the tags"
        size="small"
        value={config.action}
        onChange={(action) => onChange({ ...config, action })}
        options={[
          { value: 'add', label: 'Add', disabled: readOnly },
          { value: 'remove', label: 'Remove', disabled: readOnly },
        ]}
      />
      <TagsInput
        label="Tags"
        description="Type one and press Enter. Capital letters make no difference."
        placeholder={config.tags.length === 0 ? 'webinar-2026' : ''}
        disabled={readOnly}
        maxTags={20}
        data={[...known]}
        value={config.tags}
        onChange={(tags) => onChange({ ...config, tags: tags.map((it) => it.trim().slice(0, 64)).filter((it) => it !== '') })}
        error={issues.find((it) => it.path?.startsWith('tags'))?.say}
      />
    </div>
  )
}
