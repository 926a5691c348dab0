import { type Catalog, type Condition, compileCondition } from '@baton/engine'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ConditionBuilder, emptyCondition } from '../../condition/index.tsx'
import { api } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { peopleWords } from './people.ts'

type Props = {
  open: boolean
  catalog: Catalog
  value: Condition | undefined
  onShow: (filter: Condition | undefined) => void
  onClose: () => void
}

/** Narrows the list by a condition, with the number of people it would leave. */
export function FilterDrawer({ open, onClose, ...rest }: Props) {
  return (
    <Drawer title="Filter" open={open} onClose={onClose} width={520}>
      {open && <Filter {...rest} onClose={onClose} />}
    </Drawer>
  )
}

function Filter({ catalog, value, onShow, onClose }: Omit<Props, 'open'>) {
  const [draft, setDraft] = useState(value ?? emptyCondition)
  const [asked] = useDebouncedValue(draft, 300)
  const complete = draft.rules.length > 0 && !('issues' in compileCondition(draft, catalog, 'segment'))
  const count = useQuery(
    api.contacts.count.queryOptions(
      { filter: { condition: asked } },
      { enabled: complete && asked.rules.length > 0, placeholderData: keepPreviousData },
    ),
  )
  return (
    <div className="filter-sheet">
      <ConditionBuilder value={draft} onChange={setDraft} catalog={catalog} place="segment" />
      <p className="small muted" aria-live="polite">
        {draft.rules.length === 0
          ? 'Without a condition everybody is shown.'
          : !complete
            ? 'Complete the sentence to see how many match.'
            : count.error
              ? problemWords(count.error)
              : count.data
                ? `${count.data.exact ? '' : 'About '}${peopleWords(count.data.n)} match.`
                : 'Counting.'}
      </p>
      <div className="row">
        <Button
          look="primary"
          disabled={draft.rules.length > 0 && !complete}
          onClick={() => {
            onShow(draft.rules.length === 0 ? undefined : draft)
            onClose()
          }}
        >
          Show these people
        </Button>
        {value !== undefined && (
          <Button
            onClick={() => {
              onShow(undefined)
              onClose()
            }}
          >
            Remove the filter
          </Button>
        )}
      </div>
    </div>
  )
}
