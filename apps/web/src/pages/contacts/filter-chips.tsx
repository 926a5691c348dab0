import type { Catalog, Condition } from '@baton/engine'
import { IconX } from '@tabler/icons-react'
import type { ContactSearch } from './routes.tsx'
import { ConditionText } from './sentence.tsx'

type Props = {
  condition: Condition | undefined
  segment: string | undefined
  catalog: Catalog | undefined
  onEdit: () => void
  onLook: (next: Partial<ContactSearch>) => void
}

const cross = <IconX size={12} stroke={2} aria-hidden="true" />

/** What narrows the list, as a sentence; a click on it opens the filter. */
export function FilterChips({ condition, segment, catalog, onEdit, onLook }: Props) {
  if (!catalog) return null
  return (
    <>
      {segment !== undefined && (
        <span className="filter-chip">
          <span className="clip">
            in <b>{catalog.segments.find((it) => it.id === segment)?.name ?? 'a segment that is gone'}</b>
          </span>
          <button
            type="button"
            className="take"
            aria-label="Show people outside the segment too"
            onClick={() => onLook({ segment: undefined })}
          >
            {cross}
          </button>
        </span>
      )}
      {condition && (
        <span className="filter-chip">
          <button type="button" className="clip" onClick={onEdit}>
            <ConditionText condition={condition} catalog={catalog} />
          </button>
          <button type="button" className="take" aria-label="Remove the filter" onClick={() => onLook({ filter: undefined })}>
            {cross}
          </button>
        </span>
      )}
    </>
  )
}
