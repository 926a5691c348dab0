import { useQuery } from '@tanstack/react-query'
import { api } from '../../shell/api.ts'
import { Select } from '../../ui/fields.tsx'

/** The list that everybody of the file is put on, if any. */
export function ListChoice({ value, onChange }: { value: string | null; onChange: (list: string | null) => void }) {
  const catalog = useQuery(api.flows.catalog.queryOptions())
  const lists = (catalog.data?.segments ?? []).filter((it) => it.list === true)
  return (
    <Select
      label="List"
      description={
        lists.length === 0
          ? 'There is no list yet. Make one under Segments.'
          : 'Everybody of the file comes on it, also those known before.'
      }
      placeholder="None"
      clearable
      searchable
      data={lists.map(({ id, name }) => ({ value: id, label: name }))}
      value={value}
      onChange={onChange}
      maw={360}
    />
  )
}
