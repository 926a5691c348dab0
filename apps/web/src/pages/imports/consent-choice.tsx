import { useQuery } from '@tanstack/react-query'
import { api } from '../../shell/api.ts'
import { Radio, Select, TagsInput, TextInput } from '../../ui/fields.tsx'
import type { Consent, Preview } from './settings.ts'

/** Who of the file agreed to what, and how that is known. */
export function ConsentChoice({ preview, value, onChange }: { preview: Preview; value: Consent; onChange: (consent: Consent) => void }) {
  const topics = useQuery(api.topics.list.queryOptions())
  const source = value.who === 'nobody' ? '' : value.source
  const topic = value.who === 'nobody' ? 'marketing' : (value.topic ?? 'marketing')
  const about = value.who !== 'nobody' && (
    <Select
      className="choice-more"
      label="What they agreed to"
      allowDeselect={false}
      data={topics.data?.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      value={topic}
      onChange={(next) => next !== null && onChange({ ...value, topic: next })}
    />
  )
  const where = value.who !== 'nobody' && (
    <TextInput
      className="choice-more"
      label="Where and when they agreed"
      placeholder="Sign-up on our website, since May 2024"
      description="It is kept with each person."
      value={value.source}
      onChange={(event) => onChange({ ...value, source: event.currentTarget.value })}
    />
  )
  return (
    <Radio.Group
      aria-label="May they be sent marketing mail"
      value={value.who}
      onChange={(who) => {
        if (who === 'all') onChange({ who: 'all', topic, source })
        else if (who === 'column') onChange({ who: 'column', column: 0, topic, yes: ['yes'], source })
        else onChange({ who: 'nobody' })
      }}
    >
      <div className="choices">
        <Radio value="nobody" label="The file does not say" description="Consent stays as it is; new people get no marketing mail." />
        <Radio value="all" label="All of them agreed" description="Whoever said no to us before stays without mail." />
        {value.who === 'all' && about}
        {value.who === 'all' && where}
        <Radio value="column" label="A column says who agreed" />
        {value.who === 'column' && (
          <>
            <Select
              className="choice-more"
              label="Column"
              data={preview.columns.map((it) => ({ value: String(it.column), label: it.name }))}
              value={String(value.column)}
              allowDeselect={false}
              searchable
              onChange={(next) => next !== null && onChange({ ...value, column: Number(next) })}
            />
            <TagsInput
              className="choice-more"
              label="What stands there for yes"
              value={value.yes}
              onChange={(yes) => onChange({ ...value, yes })}
            />
            {about}
            {where}
          </>
        )}
      </div>
    </Radio.Group>
  )
}
