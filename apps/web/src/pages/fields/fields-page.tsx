import './fields.css'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { Button, IconButton } from '../../ui/button.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Switch } from '../../ui/fields.tsx'
import { Chip } from '../../ui/marks.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { type Column, LongTable } from '../../ui/table.tsx'
import { toast } from '../../ui/toast.ts'
import { FieldDialog } from './field-dialog.tsx'
import { type Field, TYPES } from './field-types.ts'
import { RemoveDialog } from './remove-dialog.tsx'

const icon = { size: 14, stroke: 1.75 }
const dash = <span className="faint">–</span>

/** What can be known of people: the fields of every workspace and its own. */
export function FieldsPage() {
  const list = useQuery(api.fields.list.queryOptions())
  const [asked, setAsked] = useState<Field | 'new' | null>(null)
  const [going, setGoing] = useState<Field | null>(null)
  const fields = list.data ?? []
  const uses = useQueries({ queries: fields.map((it) => api.fields.uses.queryOptions({ key: it.key }, { staleTime: 60_000 })) })
  const used = new Map(fields.map((it, at) => [it.key, uses[at]?.data]))
  const columns: readonly Column<Field>[] = [
    {
      id: 'name',
      head: 'Field',
      cell: ({ label, key, system }) => (
        <>
          <div className="name clip">
            {label} {system && <Chip>always there</Chip>}
          </div>
          <div className="second clip">{key}</div>
        </>
      ),
    },
    {
      id: 'type',
      head: 'Type',
      cell: ({ type, options }) => (
        <>
          <div>{TYPES[type]}</div>
          {options !== undefined && <div className="second clip">{options.join(', ')}</div>}
        </>
      ),
    },
    { id: 'people', head: 'People', num: true, cell: ({ key }) => <People n={used.get(key)?.contacts} /> },
    { id: 'segments', head: 'Segments', num: true, cell: ({ key }) => <Names list={used.get(key)?.segments} /> },
    { id: 'flows', head: 'Flows', num: true, cell: ({ key }) => <Names list={used.get(key)?.flows} /> },
    { id: 'after', head: 'Known only after the outcome', cell: (field) => (field.system ? dash : <AfterOutcome field={field} />) },
  ]
  return (
    <div className="page fields-page">
      <TopBar
        crumbs={[
          <Link key="contacts" to="/contacts">
            Contacts
          </Link>,
          'Fields',
        ]}
        beside={list.data && <span className="small faint num">{list.data.length}</span>}
      >
        <Button look="primary" icon={<IconPlus {...icon} />} onClick={() => setAsked('new')}>
          New field
        </Button>
      </TopBar>
      {list.isPending && <SkeletonRows rows={10} height={47} />}
      {list.isError && <FailedFrame what="The list of fields" error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && (
        <LongTable
          label="Fields"
          tall
          rows={list.data}
          columns={columns}
          rowKey={(it) => it.key}
          onOpen={(it) => !it.system && setAsked(it)}
          actions={(it) =>
            it.system ? null : (
              <>
                <IconButton size="small" label={`Change ${it.label}`} icon={<IconPencil {...icon} />} onClick={() => setAsked(it)} />
                <IconButton size="small" label={`Delete ${it.label}`} icon={<IconTrash {...icon} />} onClick={() => setGoing(it)} />
              </>
            )
          }
        />
      )}
      <FieldDialog field={asked} onClose={() => setAsked(null)} />
      <RemoveDialog field={going} onClose={() => setGoing(null)} />
    </div>
  )
}

const People = ({ n }: { n: number | undefined }) =>
  n === undefined ? dash : <span className="num">{n >= 1000 ? 'over 1,000' : fullNumber(n)}</span>

const Names = ({ list }: { list: readonly { name: string }[] | undefined }) =>
  list === undefined ? dash : <span title={list.map((it) => it.name).join(', ') || undefined}>{list.length}</span>

function AfterOutcome({ field }: { field: Field }) {
  const queries = useQueryClient()
  const change = useMutation(
    api.fields.change.mutationOptions({
      onError: (error) => toast({ words: problemWords(error), bad: true }),
      onSettled: () => queries.invalidateQueries({ queryKey: api.fields.list.queryKey() }),
    }),
  )
  const { key, label, type, options, afterOutcome } = field
  return (
    <Switch
      aria-label={`${label} is known only after the outcome`}
      checked={change.isPending ? change.variables.afterOutcome : afterOutcome}
      onChange={(event) => change.mutate({ key, label, type, ...(options ? { options } : {}), afterOutcome: event.currentTarget.checked })}
    />
  )
}
