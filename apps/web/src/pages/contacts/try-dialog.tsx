import type { Catalog } from '@baton/engine'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Select } from '../../ui/fields.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { Outlook } from './outlook.tsx'
import { faceOf } from './passage-steps.ts'
import { nameOf } from './people.ts'

type Which = 'live' | 'draft'

/** What would happen to a person in a flow: one of the two is given, the other is chosen here. Nothing is written, nothing goes out. */
export function TryDialog({ flow, contact, catalog, onClose }: Props) {
  return (
    <Dialog title={titleOf(flow, contact)} open onClose={onClose} width={640}>
      <div className="dialog-form">
        <p className="dialog-text">Nothing is written and nothing goes out: the steps are gone through on a copy, as if nobody answered.</p>
        {flow ? <ChoosePerson flow={flow} catalog={catalog} /> : contact && <ChooseFlow contact={contact} catalog={catalog} />}
      </div>
    </Dialog>
  )
}

type Flow = { id: string; name: string; live: boolean }
type Person = { id: number; name: string }
type Props = { flow?: Flow | undefined; contact?: Person | undefined; catalog: Catalog; onClose: () => void }

const titleOf = (flow: Flow | undefined, contact: Person | undefined) =>
  flow ? `Try ${flow.name} with a person` : `Try ${contact?.name ?? 'this person'} in a flow`

function ChoosePerson({ flow, catalog }: { flow: Flow; catalog: Catalog }) {
  const [typed, setTyped] = useState('')
  const [id, setId] = useState<number | null>(null)
  const people = useQuery(
    api.contacts.list.queryOptions({ filter: typed.trim() === '' ? {} : { search: typed.trim() } }, { placeholderData: (was) => was }),
  )
  const rows = people.data?.rows ?? []
  return (
    <>
      <Select
        label="Person"
        placeholder="Type a name or an address"
        searchable
        searchValue={typed}
        onSearchChange={setTyped}
        filter={({ options }) => options}
        nothingFoundMessage="Nobody is called so."
        data={rows
          .slice(0, 20)
          .map((it) => ({ value: String(it.id), label: nameOf(it) === it.key ? it.key : `${nameOf(it)} (${it.key})` }))}
        value={id === null ? null : String(id)}
        onChange={(next) => setId(next === null ? null : Number(next))}
        data-autofocus
      />
      {id !== null && <Told id={id} flow={flow} catalog={catalog} />}
    </>
  )
}

function ChooseFlow({ contact, catalog }: { contact: Person; catalog: Catalog }) {
  const [id, setId] = useState<string | null>(null)
  const flows = useQuery(api.flows.list.queryOptions())
  const open = (flows.data ?? []).filter((it) => it.status !== 'archived')
  const flow = open.find((it) => it.id === id)
  return (
    <>
      <Select
        label="Flow"
        placeholder="Choose a flow"
        searchable
        nothingFoundMessage="No flow is called so."
        data={open.map((it) => ({ value: it.id, label: it.name }))}
        value={id}
        onChange={setId}
        data-autofocus
      />
      {flow && (
        <Told key={flow.id} id={contact.id} flow={{ id: flow.id, name: flow.name, live: flow.liveVersion !== null }} catalog={catalog} />
      )}
    </>
  )
}

function Told({ id, flow, catalog }: { id: number; flow: Flow; catalog: Catalog }) {
  const [which, setWhich] = useState<Which>(flow.live ? 'live' : 'draft')
  const [node, setNode] = useState<string | undefined>(undefined)
  const told = useQuery(api.contacts.explain.queryOptions({ id, flowId: flow.id, which, node }, { staleTime: 0, retry: false }))
  const starts = told.data?.triggers ?? []
  return (
    <>
      {flow.live && (
        <Segmented
          label="Which version"
          size="small"
          value={which}
          onChange={(next) => {
            setWhich(next)
            setNode(undefined)
          }}
          options={[
            { value: 'live', label: 'Live version' },
            { value: 'draft', label: 'Draft' },
          ]}
        />
      )}
      {starts.length > 1 && told.data && (
        <Select
          label="Come in by"
          allowDeselect={false}
          data={starts.map((it) => ({
            value: it.node,
            label: faceOf({ flowId: flow.id, version: 0, nodes: told.data.nodes }, it.node, catalog).name,
          }))}
          value={node ?? starts[0]?.node ?? null}
          onChange={(next) => setNode(next ?? undefined)}
        />
      )}
      {told.isPending && <SkeletonRows rows={5} height={40} />}
      {told.isError && <FailedFrame what="What would happen" error={told.error} onRetry={() => void told.refetch()} />}
      {told.data && <Outlook told={told.data} catalog={catalog} />}
    </>
  )
}
