import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { MoveForm } from '../../pages/contacts/move-form.tsx'
import { peopleWords } from '../../pages/contacts/people.ts'
import { api, type Inputs } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { confirm } from '../../ui/confirm.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { toast } from '../../ui/toast.ts'
import { useEditor } from '../store.ts'
import type { Deed, Somebody } from './people-row.tsx'

type At = Extract<Inputs['contacts']['bulk']['target'], { at: object }>['at']
type Moving = { of: Somebody } | { of: At; n: number }

const noMail = 'Mail of this flow that waits is not sent any more. What was done stays.'

/** What can be done with people in a flow, one by one or all at a place: asked first, told to their inboxes, watched until it is done. */
export function usePeopleDeeds(flowId: string) {
  const queries = useQueryClient()
  const [moving, setMoving] = useState<Moving | null>(null)
  const [job, setJob] = useState<string | null>(null)
  const look = (words: string) => {
    setMoving(null)
    toast({ words })
    const again = () => void queries.invalidateQueries({ queryKey: api.live.pathKey() })
    again()
    // What was told to the inbox is handled a moment later.
    setTimeout(again, 1200)
  }
  const wrong = (error: unknown) => toast({ words: problemWords(error), bad: true })
  const move = useMutation(api.contacts.move.mutationOptions({ onSuccess: () => look('Moved. They go on from there.'), onError: wrong }))
  const leave = useMutation(api.contacts.leave.mutationOptions({ onSuccess: () => look('Taken out of the flow.'), onError: wrong }))
  const retry = useMutation(api.contacts.retry.mutationOptions({ onSuccess: () => look('The step is tried again.'), onError: wrong }))
  const bulk = useMutation(
    api.contacts.bulk.mutationOptions({
      onSuccess: ({ id }) => {
        setMoving(null)
        setJob(id)
      },
      onError: wrong,
    }),
  )

  // The line of the job asks how far it is; when it is over, so is what the lists show.
  const { data: watched } = useQuery(api.contacts.job.queryOptions({ id: job ?? '' }, { enabled: job !== null }))
  const over = watched !== undefined && watched.status !== 'running'
  useEffect(() => {
    if (!over) return
    const again = () => void queries.invalidateQueries({ queryKey: api.live.pathKey() })
    again()
    const later = setTimeout(again, 1500)
    return () => clearTimeout(later)
  }, [over, queries])

  const one = async (deed: Deed, person: Somebody) => {
    const of = { id: person.contactId, flowId, key: person.objectKey }
    if (deed === 'retry') retry.mutate(of)
    if (deed === 'move') setMoving({ of: person })
    if (deed === 'leave' && (await confirm({ title: `Take ${person.name} out?`, text: noMail, deed: 'Take out', danger: true })))
      leave.mutate(of)
  }
  const all = async (deed: Deed, at: At, n: number) => {
    const target = { at }
    if (deed === 'retry') bulk.mutate({ target, action: { do: 'retry', flowId } })
    if (deed === 'move') setMoving({ of: at, n })
    if (deed === 'leave') {
      const yes = await confirm({ title: `Take ${peopleWords(n)} out?`, text: noMail, deed: `Take out ${fullNumber(n)}`, danger: true })
      if (yes) bulk.mutate({ target, action: { do: 'leave', flowId } })
    }
  }
  const onMove = (node: string) => {
    if (moving === null) return
    if ('n' in moving) bulk.mutate({ target: { at: moving.of }, action: { do: 'move', flowId, node } })
    else move.mutate({ id: moving.of.contactId, flowId, key: moving.of.objectKey, node })
  }
  return {
    one: (deed: Deed, person: Somebody) => void one(deed, person),
    all: (deed: Deed, at: At, n: number) => void all(deed, at, n),
    job,
    closeJob: () => {
      setJob(null)
      void queries.invalidateQueries({ queryKey: api.live.pathKey() })
    },
    busy: bulk.isPending || move.isPending,
    moving,
    stopMoving: () => setMoving(null),
    onMove,
  }
}

/** Asks where to, for whoever is to be moved. */
export function MoveDialog({ deeds }: { deeds: ReturnType<typeof usePeopleDeeds> }) {
  const nodes = useEditor((state) => state.history.present.nodes)
  const catalog = useEditor((state) => state.catalog)
  const { moving } = deeds
  const whom = moving === null ? '' : 'n' in moving ? peopleWords(moving.n) : moving.of.name
  return (
    <Dialog title={`Move ${whom} to another step`} open={moving !== null} onClose={deeds.stopMoving} width={480}>
      {moving !== null && (
        <MoveForm
          nodes={nodes}
          catalog={catalog}
          from={moving.of.node ?? ''}
          whom={whom}
          busy={deeds.busy}
          onMove={deeds.onMove}
          onClose={deeds.stopMoving}
        />
      )}
    </Dialog>
  )
}
