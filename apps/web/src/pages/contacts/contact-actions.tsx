import type { Catalog } from '@baton/engine'
import { IconArrowsJoin2, IconFileDownload, IconRoute, IconTestPipe, IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { confirm } from '../../ui/confirm.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/fields.tsx'
import { toast } from '../../ui/toast.ts'
import { FlowPicker, type Start } from './flow-picker.tsx'
import { MergeDialog } from './merge-dialog.tsx'
import { type Contact, nameOf } from './people.ts'
import { PersonDataDialog } from './person-data-dialog.tsx'
import { TryDialog } from './try-dialog.tsx'

const icon = { size: 14, stroke: 1.75 }

/** What can be done with one person. */
export function ContactActions({ contact, catalog }: { contact: Contact; catalog: Catalog }) {
  const mayEdit = useMay('admin', 'marketer')
  const isAdmin = useMay('admin')
  const [adding, setAdding] = useState(false)
  const [trying, setTrying] = useState(false)
  const [merging, setMerging] = useState(false)
  const [looking, setLooking] = useState(false)
  const navigate = useNavigate()
  const queries = useQueryClient()
  const name = nameOf(contact)
  const remove = useMutation(
    api.contacts.bulk.mutationOptions({
      onSuccess: async () => {
        await navigate({ to: '/contacts' })
        toast({ words: `${name} is deleted.` })
        await queries.invalidateQueries({ queryKey: api.contacts.pathKey() })
      },
      onError: (error) => toast({ words: problemWords(error), bad: true }),
    }),
  )
  if (!mayEdit) return null
  const ask = async () => {
    const yes = await confirm({
      title: `Delete ${name}?`,
      text: 'Fields, events, points and mails are erased, and the person leaves every flow. This cannot be taken back.',
      deed: 'Delete',
      danger: true,
    })
    if (yes) remove.mutate({ target: { ids: [contact.id] }, action: { do: 'remove' } })
  }
  return (
    <>
      <Button look="danger-quiet" icon={<IconTrash {...icon} />} busy={remove.isPending} onClick={() => void ask()}>
        Delete…
      </Button>
      {isAdmin && (
        <Button look="quiet" icon={<IconFileDownload {...icon} />} onClick={() => setLooking(true)}>
          Personal data…
        </Button>
      )}
      <Button look="quiet" icon={<IconArrowsJoin2 {...icon} />} onClick={() => setMerging(true)}>
        Merge with…
      </Button>
      <Button icon={<IconTestPipe {...icon} />} onClick={() => setTrying(true)}>
        Try in a flow
      </Button>
      <Button icon={<IconRoute {...icon} />} onClick={() => setAdding(true)}>
        Add to a flow
      </Button>
      <PersonDataDialog contact={contact} open={looking} onClose={() => setLooking(false)} />
      <MergeDialog contact={contact} open={merging} onClose={() => setMerging(false)} />
      {trying && <TryDialog contact={{ id: contact.id, name }} catalog={catalog} onClose={() => setTrying(false)} />}
      <Dialog title={`Add ${name} to a flow`} open={adding} onClose={() => setAdding(false)} width={480}>
        {adding && <AddToFlow contact={contact} catalog={catalog} onClose={() => setAdding(false)} />}
      </Dialog>
    </>
  )
}

function AddToFlow({ contact, catalog, onClose }: { contact: Contact; catalog: Catalog; onClose: () => void }) {
  const queries = useQueryClient()
  const [flowId, setFlow] = useState<string | null>(null)
  const [start, setStart] = useState<Start | null>(null)
  const [key, setKey] = useState('')
  const enter = useMutation(
    api.contacts.enter.mutationOptions({
      onSuccess: async () => {
        onClose()
        toast({ words: `Sent to ${start?.flowName}.` })
        const look = () => queries.invalidateQueries({ queryKey: api.contacts.pathKey() })
        // What was told to the inbox is handled a moment later.
        setTimeout(() => void look(), 1200)
        await look()
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (start) enter.mutate({ id: contact.id, flowId: start.flowId, node: start.node, key: key.trim() })
  }
  const inside = contact.passages.some((it) => it.flowId === flowId && it.key === key.trim() && it.endedAt === null)
  return (
    <form className="dialog-form" onSubmit={submit}>
      <FlowPicker catalog={catalog} flowId={flowId} onFlow={setFlow} node={start?.node ?? null} onStart={setStart} />
      <TextInput
        label="Order, booking or the like"
        description="Only for flows that people go through once per such thing. Empty otherwise."
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      {inside && <p className="small warn">This person is in the flow now. It takes nobody twice at the same time.</p>}
      {enter.error && <Callout tone="danger" title={problemWords(enter.error)} />}
      <div className="dialog-foot">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" disabled={start === null} busy={enter.isPending}>
          Add to the flow
        </Button>
      </div>
    </form>
  )
}
