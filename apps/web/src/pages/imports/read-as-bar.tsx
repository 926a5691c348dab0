import type { Inputs } from '../../shell/api.ts'
import { Select, Switch } from '../../ui/fields.tsx'
import type { Preview } from './settings.ts'
import { aboutRows, DELIMITERS, sizeWords } from './words.ts'

type ReadAs = NonNullable<Inputs['imports']['preview']['as']>
const ENCODINGS = ['utf-8', 'windows-1252', 'iso-8859-1', 'utf-16le', 'utf-16be']

/** What was detected, each to be set by hand where it is wrong. */
export function ReadAsBar({ preview, onReadAs }: { preview: Preview; onReadAs: (as: ReadAs) => void }) {
  const { encoding, delimiter, header, estimatedRows, size } = preview
  return (
    <div className="read-as">
      <Select
        label="Columns are cut by"
        data={[...DELIMITERS]}
        value={delimiter}
        allowDeselect={false}
        onChange={(next) => {
          const found = DELIMITERS.find((it) => it.value === next)
          if (found) onReadAs({ delimiter: found.value })
        }}
      />
      <Select
        label="Encoding"
        data={[...new Set([encoding, ...ENCODINGS])]}
        value={encoding}
        allowDeselect={false}
        onChange={(next) => next !== null && onReadAs({ encoding: next })}
      />
      <Switch
        label="The first line names the columns"
        checked={header}
        onChange={(event) => onReadAs({ header: event.currentTarget.checked })}
      />
      <span className="small muted right">
        {sizeWords(size)}, {aboutRows(estimatedRows)}
      </span>
    </div>
  )
}
