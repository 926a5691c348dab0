import { Radio, Select, TextInput } from '../../ui/fields.tsx'
import type { Key, Preview } from './settings.ts'

/** What makes two rows the same person, now and in every later import. */
export function KeyChoice({ preview, value, onChange }: { preview: Preview; value: Key; onChange: (key: Key) => void }) {
  const columns = preview.columns.map((it) => ({ value: String(it.column), label: it.name }))
  const column = value.by === 'line' ? 0 : value.column
  const prefix = preview.fileName.replace(/\.[^.]*$/, '').slice(0, 50)
  const which = (label: string) => (
    <Select
      className="choice-more"
      aria-label={label}
      data={columns}
      value={String(column)}
      allowDeselect={false}
      searchable
      onChange={(next) => next !== null && value.by !== 'line' && onChange({ by: value.by, column: Number(next) })}
    />
  )
  return (
    <Radio.Group
      aria-label="What tells people apart"
      value={value.by}
      onChange={(by) => {
        if (by === 'email' || by === 'column') onChange({ by, column })
        else onChange({ by: 'line', prefix: `${prefix}-` })
      }}
    >
      <div className="choices">
        <Radio
          value="email"
          label="Their e-mail address"
          description="Rows with an address we know change that person. Rows without one are rejected."
        />
        {value.by === 'email' && which('Column with the address')}
        <Radio
          value="column"
          label="A column of the file"
          description="A customer number or an id of another system: nobody else has the same."
        />
        {value.by === 'column' && which('Column that tells people apart')}
        <Radio
          value="line"
          label="The number of the line"
          description="Where nothing in the file identifies people. Only the same file, in the same order, meets the same people again."
        />
        {value.by === 'line' && (
          <TextInput
            className="choice-more"
            aria-label="Text before the line number"
            description={`The first row becomes ${value.prefix}1.`}
            value={value.prefix}
            onChange={(event) => onChange({ by: 'line', prefix: event.currentTarget.value })}
          />
        )}
      </div>
    </Radio.Group>
  )
}
