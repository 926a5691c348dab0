import type { Catalog } from '@baton/engine'
import { IconDownload, IconList, IconRoute, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type Inputs } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { confirm } from '../../ui/confirm.ts'
import { fullNumber } from '../../ui/numbers.ts'
import { BulkBar } from '../../ui/table.tsx'
import { toast } from '../../ui/toast.ts'
import { type Asked, type BulkAction, BulkDialogs } from './bulk-dialogs.tsx'
import { type Field, peopleWords } from './people.ts'

type Props = {
  picked: ReadonlySet<string>
  /** Rows on the page so far. */
  loaded: number
  total: number | undefined
  /** Meant are all that match, not only the picked rows. */
  all: boolean
  onAll: (all: boolean) => void
  filter: Inputs['contacts']['count']['filter']
  fields: readonly Field[]
  catalog: Catalog
  onBegun: (jobId: string) => void
  onClear: () => void
}

const icon = { size: 14, stroke: 1.75 }

/** What can be done to the picked people, or to all that match. */
export function BulkActions({ picked, loaded, total = 0, all, onAll, filter = {}, fields, catalog, onBegun, onClear }: Props) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const n = all ? total : picked.size
  const bulk = useMutation(
    api.contacts.bulk.mutationOptions({
      onSuccess: ({ id }) => onBegun(id),
      onError: (error) => toast({ words: problemWords(error), bad: true }),
    }),
  )
  const begin = (action: BulkAction) => {
    setAsked(null)
    bulk.mutate({ target: all ? { filter } : { ids: [...picked].map(Number) }, action })
  }
  const remove = async () => {
    const yes = await confirm({
      title: `Delete ${peopleWords(n)}?`,
      text: 'Their fields, events, points and mails are erased, and they leave every flow. This cannot be taken back.',
      deed: `Delete ${fullNumber(n)}`,
      danger: true,
    })
    if (yes) begin({ do: 'remove' })
  }
  return (
    <>
      <BulkBar count={fullNumber(n)} onClear={onClear}>
        {!all && picked.size >= loaded && total > picked.size && (
          <Button look="quiet" size="small" className="accent" onClick={() => onAll(true)}>
            Pick all {fullNumber(total)} that match
          </Button>
        )}
        <Button size="small" onClick={() => setAsked('set-field')}>
          Set a field
        </Button>
        <Button size="small" onClick={() => setAsked('consent')}>
          Record consent
        </Button>
        <Button size="small" icon={<IconRoute {...icon} />} onClick={() => setAsked('enrol')}>
          Add to a flow
        </Button>
        <Button size="small" icon={<IconList {...icon} />} onClick={() => setAsked('list')}>
          Lists
        </Button>
        <Button size="small" icon={<IconDownload {...icon} />} busy={bulk.isPending} onClick={() => begin({ do: 'export', fields: [] })}>
          Export
        </Button>
        <Button size="small" look="danger-quiet" icon={<IconTrash {...icon} />} onClick={() => void remove()}>
          Delete…
        </Button>
      </BulkBar>
      <BulkDialogs asked={asked} n={n} fields={fields} catalog={catalog} onDo={begin} onClose={() => setAsked(null)} />
    </>
  )
}
