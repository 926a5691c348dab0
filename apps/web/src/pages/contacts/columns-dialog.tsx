import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Checkbox } from '../../ui/fields.tsx'
import { columnFields } from './columns.tsx'
import type { Field } from './people.ts'

type Props = {
  open: boolean
  fields: readonly Field[]
  shown: readonly string[]
  onChoose: (keys: string[] | null) => void
  onClose: () => void
}

/** Which fields the list shows. */
export function ColumnsDialog({ open, fields, shown, onChoose, onClose }: Props) {
  return (
    <Dialog
      title="Columns"
      open={open}
      onClose={onClose}
      width={520}
      foot={
        <>
          <Button onClick={() => onChoose(null)}>As at first</Button>
          <Button look="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <div className="column-choice">
        {columnFields(fields).map(({ key, label }) => (
          <Checkbox
            key={key}
            label={label}
            checked={shown.includes(key)}
            onChange={(event) => onChoose(event.currentTarget.checked ? [...shown, key] : shown.filter((it) => it !== key))}
          />
        ))}
      </div>
    </Dialog>
  )
}
