import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { DialogForm } from '../../shell/dialog-form.tsx'
import { fieldProblems } from '../../shell/problem.ts'
import { Callout } from '../../ui/callout.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Radio, Select, Textarea } from '../../ui/fields.tsx'
import { toast } from '../../ui/toast.ts'
import { type Board, type BoardLead, type BoardRep, type Holder, leadsWords } from './words.ts'

/** Leads that are to be moved, and where to, where that was said by dragging. */
export type Asked = { leads: readonly BoardLead[]; to: Holder | null }

type Props = { asked: Asked | null; board: Board; onClose: () => void; onDone: () => void }

/** Asks where leads go and why, says what that means for them, and does it. */
export function MoveDialog({ asked, board, onClose, onDone }: Props) {
  const title = asked ? `Move ${asked.leads.length === 1 ? (asked.leads[0]?.name ?? '') : leadsWords(asked.leads.length)}` : ''
  return (
    <Dialog title={title} open={asked !== null} onClose={onClose} width={480}>
      {asked && <MoveForm asked={asked} board={board} onClose={onClose} onDone={onDone} />}
    </Dialog>
  )
}

type Kind = 'rep' | 'team' | 'manager' | 'marketing'

const KINDS: readonly Kind[] = ['rep', 'team', 'manager', 'marketing']

const DEEDS: Readonly<Record<Kind, string>> = {
  ...{ rep: 'Move', team: 'Take back', manager: 'Take back', marketing: 'Give back to marketing' },
}

const kindOf = (to: Holder | null): Kind => (to === 'queue' ? 'team' : to === 'manager' ? 'manager' : 'rep')

function MoveForm({ asked: { leads, to }, board, onClose, onDone }: Props & { asked: Asked }) {
  const queries = useQueryClient()
  const [kind, setKind] = useState<Kind>(kindOf(to))
  const [userId, setUserId] = useState<string | null>(to !== null && typeof to === 'object' ? to.repId : null)
  const [note, setNote] = useState('')
  const holders = new Set(leads.map((it) => it.repId))
  const choices = board.reps.filter((rep) => rep.active && !(holders.size === 1 && holders.has(rep.userId)))
  const rep = board.reps.find((it) => it.userId === userId)
  const move = useMutation(
    api.board.move.mutationOptions({
      onSuccess: ({ moved, missed }) => {
        const words = `${leadsWords(moved)} ${kind === 'marketing' ? 'given back to marketing' : `moved${kind === 'rep' && rep ? ` to ${rep.name}` : ''}`}.`
        if (missed.length > 0) toast({ words: `${words} Somebody was faster with ${missed.join(', ')}.`, bad: moved === 0 })
        else toast({ words })
        onDone()
      },
      onSettled: () => Promise.all([queries.invalidateQueries(api.board.pathFilter()), queries.invalidateQueries(api.desk.pathFilter())]),
    }),
  )
  const submit = () =>
    move.mutate({
      leads: leads.map(({ id, rev }) => ({ id, rev })),
      to: kind === 'rep' ? { kind, userId: userId ?? '' } : { kind },
      note,
    })
  const accepted = leads.filter((it) => it.state === 'accepted').length
  const deals = leads.filter((it) => it.opportunityId !== null).length
  return (
    <DialogForm
      error={move.error}
      deed={DEEDS[kind]}
      look={kind === 'marketing' ? 'danger' : 'primary'}
      busy={move.isPending}
      disabled={(kind === 'rep' && userId === null) || (kind === 'marketing' && note.trim() === '')}
      onSubmit={submit}
      onClose={onClose}
    >
      <Radio.Group label="Where to" value={kind} onChange={(value) => setKind(KINDS.find((one) => one === value) ?? 'rep')}>
        <div className="move-ways">
          <Radio value="rep" label="To a rep" description="Who has the whole time again, and answers anew." />
          <Radio value="team" label="Back to the team" description="The next in turn gets it; not who had it." />
          <Radio value="manager" label="Keep for a manager" description="Nobody gets it until somebody here says who." />
          <Radio value="marketing" label="To marketing" description="Sales is done with it. The flow goes on as where nobody answered." />
        </div>
      </Radio.Group>
      {kind === 'rep' && (
        <Select
          label="Rep"
          placeholder="Choose a rep"
          data-autofocus={to === null || undefined}
          searchable
          nothingFoundMessage="Nobody here has this name."
          data={choices.map((it) => ({
            value: it.userId,
            label: `${it.name}, ${it.now.open}${it.cap === null ? '' : ` of ${it.cap}`} open`,
          }))}
          value={userId}
          onChange={setUserId}
        />
      )}
      {kind === 'rep' && rep && <Warning rep={rep} more={leads.length} now={board.now} />}
      <Textarea
        label="Reason"
        data-autofocus={to !== null || undefined}
        placeholder={kind === 'marketing' ? 'Not before their budget in autumn' : 'Knows the company'}
        description={
          kind === 'marketing' ? 'Its rep and marketing read it.' : 'Stands in the history of the lead; who had it and who gets it read it.'
        }
        error={fieldProblems(move.error).note}
        autosize
        minRows={2}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {kind === 'marketing' && (
        <Callout
          tone="warn"
          title={`${leads.length === 1 ? (leads[0]?.name ?? 'The lead') : leadsWords(leads.length)} will be with marketing again`}
        >
          {deals > 0 ? `${deals === 1 ? 'A deal loses its' : `${deals} deals lose their`} owner, and stays on record. ` : ''}
          It cannot be undone. Whoever qualifies anew is handed over anew, with all of the history.
        </Callout>
      )}
      {kind !== 'marketing' && accepted > 0 && (
        <Callout tone="warn" title={acceptedWords(accepted, leads.length)}>
          Whoever has it now loses it at once, with what is not sent yet.
        </Callout>
      )}
    </DialogForm>
  )
}

const acceptedWords = (accepted: number, all: number): string =>
  all === 1 ? 'It is being worked' : `${accepted === 1 ? 'One of them is' : `${accepted} of them are`} being worked`

/** What speaks against a rep; it may be done all the same. */
function Warning({ rep, more, now }: { rep: BoardRep; more: number; now: number }) {
  if (rep.away !== null && rep.away.from <= now) {
    return (
      <Callout tone="warn" title={`${rep.name} is away.`}>
        Deadlines run all the same.
      </Callout>
    )
  }
  if (rep.cap !== null && rep.now.open + more > rep.cap) {
    return (
      <Callout tone="warn" title={`${rep.name} would have ${rep.now.open + more} open, with ${rep.cap} at most.`}>
        By hand that is allowed; new leads go to others until there is room.
      </Callout>
    )
  }
  return null
}
