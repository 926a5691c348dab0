import './person-data.css'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type Answers, api } from '../../shell/api.ts'
import { DialogForm } from '../../shell/dialog-form.tsx'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/fields.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { SkeletonText } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toast.ts'
import { type Contact, nameOf } from './people.ts'

type Props = { contact: Contact; open: boolean; onClose: () => void }

/** What the law asks for: a file with everything that is kept of one person, and its erasure. */
export function PersonDataDialog({ contact, open, onClose }: Props) {
  return (
    <Dialog title={`What is kept of ${nameOf(contact)}`} open={open} onClose={onClose} width={560}>
      {open && (
        <>
          <TakeOut contact={contact} />
          <Erase contact={contact} onClose={onClose} />
        </>
      )}
    </Dialog>
  )
}

/** Hands a text to the browser as a file. */
function download(name: string, text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

function TakeOut({ contact }: { contact: Contact }) {
  const take = useMutation(
    api.person.takeOut.mutationOptions({
      onSuccess: (all) => download(`person-${contact.id}.json`, `${JSON.stringify(all, null, 2)}\n`),
    }),
  )
  return (
    <section className="person-part">
      <h3>Take it out</h3>
      <p className="small muted">
        One file with all of it: fields, consent, what happened, every step with its reason, mails as they went out, leads, calls. A person
        can read it, and so can a program. That you took it stands in the audit log.
      </p>
      {take.error && <Callout tone="danger" title={problemWords(take.error)} />}
      <Button busy={take.isPending} onClick={() => take.mutate({ id: contact.id })}>
        Save the file
      </Button>
    </section>
  )
}

type Losses = Answers['person']['losses']

const many = (n: number, one: string, more: string) => (n === 0 ? [] : [`${fullNumber(n)} ${n === 1 ? one : more}`])

function Lost({ losses }: { losses: Losses }) {
  const lines = [
    ...many(losses.events, 'event', 'events'),
    ...many(losses.passages, 'way through a flow', 'ways through flows'),
    ...many(losses.mails, 'mail, as it went out', 'mails, as they went out'),
    ...many(losses.points, 'line of points', 'lines of points'),
    ...many(losses.leads, 'time with sales', 'times with sales'),
    ...many(losses.calls, 'call or note', 'calls and notes'),
  ]
  return (
    <>
      <p className="small muted">This is lost, for good:</p>
      <ul className="lost">
        <li>All fields, addresses and consent</li>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {losses.live > 0 && (
        <p className="small warn">
          {losses.live === 1 ? 'One flow goes on for this person now' : `${fullNumber(losses.live)} flows go on for this person now`}: they
          leave, and nothing more goes out.
        </p>
      )}
      {losses.openLeads > 0 && <p className="small warn">Sales has this person now: the lead is taken from the rep.</p>}
      <p className="small muted">
        Counts on steps stay, and name nobody.
        {losses.stopped > 0 && ' The address gets no mail, and that stays: it is kept as a sum that cannot be read, for nothing else.'}
      </p>
    </>
  )
}

function Erase({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const [typed, setTyped] = useState('')
  const queries = useQueryClient()
  const navigate = useNavigate()
  const losses = useQuery(api.person.losses.queryOptions({ id: contact.id }))
  const erase = useMutation(
    api.person.erase.mutationOptions({
      onSuccess: async ({ stillNamed }) => {
        onClose()
        await navigate({ to: '/contacts' })
        const named = stillNamed.map(({ kind, name }) => `${kind} ${name}`).join(', ')
        toast(
          named === ''
            ? { words: 'The person is erased.' }
            : { words: `The person is erased. The address still stands in what somebody wrote: ${named}.`, bad: true },
        )
        await queries.invalidateQueries({ queryKey: api.contacts.pathKey() })
      },
    }),
  )
  return (
    <section className="person-part">
      <h3>Erase it</h3>
      {losses.error && <Callout tone="danger" title={problemWords(losses.error)} />}
      {losses.isPending && <SkeletonText lines={4} />}
      {losses.data && (
        <DialogForm
          error={erase.error}
          deed={`Erase ${nameOf(contact)}`}
          look="danger"
          busy={erase.isPending}
          disabled={typed.trim().toLowerCase() !== contact.key.toLowerCase()}
          onSubmit={() => erase.mutate({ id: contact.id, confirm: typed })}
          onClose={onClose}
        >
          <Lost losses={losses.data} />
          <TextInput
            label={`To erase, write ${contact.key}`}
            description="A backup from before still holds the person."
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </DialogForm>
      )}
    </section>
  )
}
