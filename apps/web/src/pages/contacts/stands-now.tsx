import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { CategoryTile } from '../../ui/category-tile.tsx'
import { confirm } from '../../ui/confirm.ts'
import { DateText } from '../../ui/date-text.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toast } from '../../ui/toast.ts'
import { MoveForm } from './move-form.tsx'
import type { Passage, StepFace } from './passage-steps.ts'
import type { Contact } from './people.ts'
import { heldBecause } from './reasons/held.ts'
import { StepIcon } from './step-icon.tsx'

type Props = { passage: Passage; face: StepFace; contactId: number; nodes: Contact['graphs'][number]['nodes'] }

/** Where a person stands in a flow, until when, and what can be done about it. */
export function StandsNow({ passage, face, contactId, nodes }: Props) {
  const [moving, setMoving] = useState(false)
  const { flowId, key, flowName, parked, held, nodeSince, dueAt } = passage
  const mayEdit = useMay('admin', 'marketer')
  const queries = useQueryClient()
  const look = (words: string) => {
    toast({ words })
    const again = () => void queries.invalidateQueries(api.contacts.get.queryFilter({ id: contactId }))
    again()
    setTimeout(again, 1200)
  }
  const wrong = (error: unknown) => toast({ words: problemWords(error), bad: true })
  const leave = useMutation(api.contacts.leave.mutationOptions({ onSuccess: () => look(`Taken out of ${flowName}.`), onError: wrong }))
  const retry = useMutation(api.contacts.retry.mutationOptions({ onSuccess: () => look('The step is tried again.'), onError: wrong }))
  const move = useMutation(
    api.contacts.move.mutationOptions({
      onSuccess: () => {
        setMoving(false)
        look('Moved. They go on from there.')
      },
      onError: wrong,
    }),
  )
  const ask = async () => {
    const text = 'Mail of this flow that waits is not sent any more. What was done stays.'
    if (await confirm({ title: `Take this person out of ${flowName}?`, text, deed: 'Take out', danger: true }))
      leave.mutate({ id: contactId, flowId, key })
  }
  return (
    <li className={parked === null ? 'step now' : 'step now parked'}>
      <CategoryTile category={face.category ?? 'exit'} size="s">
        <StepIcon face={face} />
      </CategoryTile>
      <div className="grow">
        <p className="step-name">{face.name}</p>
        <p className="step-why">
          {parked === null ? (
            <>
              Is here since <DateText at={nodeSince} style="full" />
              {held !== null && <>, held back because {heldBecause(held.because)}</>}
              {dueAt === null ? (
                ', until something happens'
              ) : (
                <>
                  , until <DateText at={dueAt} style="full" />
                </>
              )}
            </>
          ) : (
            <span className="danger">
              Stands still since <DateText at={parked.at} style="full" />: {parked.message}
            </span>
          )}
        </p>
      </div>
      {mayEdit && (
        <span className="row">
          {parked !== null && (
            <Button size="small" busy={retry.isPending} onClick={() => retry.mutate({ id: contactId, flowId, key })}>
              Try again
            </Button>
          )}
          <Button size="small" look="quiet" onClick={() => setMoving(true)}>
            Move…
          </Button>
          <Button size="small" look="quiet" busy={leave.isPending} onClick={() => void ask()}>
            Take out…
          </Button>
        </span>
      )}
      <Dialog title={`Move to another step of ${flowName}`} open={moving} onClose={() => setMoving(false)} width={480}>
        {moving && (
          <MoveForm
            nodes={nodes}
            catalog={face.catalog}
            from={passage.node}
            whom="This person"
            busy={move.isPending}
            onMove={(node) => move.mutate({ id: contactId, flowId, key, node })}
            onClose={() => setMoving(false)}
          />
        )}
      </Dialog>
    </li>
  )
}
