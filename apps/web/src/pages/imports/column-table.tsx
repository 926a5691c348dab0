import { Select, TextInput } from '../../ui/fields.tsx'
import { percent } from '../../ui/numbers.ts'
import { isType, typeChoices } from '../fields/field-types.ts'
import type { Column, Field, Target } from './settings.ts'

type Props = { columns: readonly Column[]; targets: readonly Target[]; fields: readonly Field[]; onChange: (targets: Target[]) => void }

const NONE = ' none'
const NEW = ' new'

/** A line per column: what stands in it, and where it goes. */
export function ColumnTable({ columns, targets, fields, onChange }: Props) {
  return (
    <div className="column-table">
      <div className="column-line head" aria-hidden="true">
        <span>Column</span>
        <span>What stands in it</span>
        <span>Goes to</span>
        <span>New field</span>
      </div>
      {columns.map((column, at) => (
        <ColumnLine
          key={column.column}
          column={column}
          target={targets[at] ?? { kind: 'none' }}
          fields={fields}
          onChange={(next) => onChange(targets.map((it, place) => (place === at ? next : it)))}
        />
      ))}
    </div>
  )
}

type LineProps = { column: Column; target: Target; fields: readonly Field[]; onChange: (target: Target) => void }

function ColumnLine({ column: { name, examples, empty, guess }, target, fields, onChange }: LineProps) {
  const pick = (value: string | null) => {
    if (value === null || value === NONE) return onChange({ kind: 'none' })
    if (value === NEW) return onChange({ kind: 'new', label: name, type: guess.type })
    onChange({ kind: 'field', key: value })
  }
  const data = [
    { value: NONE, label: 'Leave it out' },
    { value: NEW, label: 'A new field' },
    ...fields.map(({ key, label }) => ({ value: key, label })),
  ]
  return (
    <div className={target.kind === 'none' ? 'column-line out' : 'column-line'}>
      <b className="clip">{name}</b>
      <span className="clip muted" title={examples.join(', ')}>
        {examples.length === 0 ? 'nothing' : examples.join(', ')}
        {empty > 0.004 && examples.length > 0 && <span className="faint"> · {percent(empty, 1)} empty</span>}
      </span>
      <Select
        aria-label={`${name} goes to`}
        data={data}
        value={target.kind === 'none' ? NONE : target.kind === 'new' ? NEW : target.key}
        onChange={pick}
        searchable
        allowDeselect={false}
      />
      {target.kind === 'new' ? (
        <span className="new-field">
          <TextInput
            aria-label={`Name of the new field for ${name}`}
            value={target.label}
            onChange={(event) => onChange({ ...target, label: event.currentTarget.value })}
          />
          <Select
            aria-label={`Type of the new field for ${name}`}
            data={typeChoices.filter((it) => it.value !== 'choice')}
            value={target.type}
            allowDeselect={false}
            onChange={(next) => isType(next) && onChange({ ...target, type: next })}
          />
        </span>
      ) : (
        <span />
      )}
    </div>
  )
}
