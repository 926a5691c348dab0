import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, client, type Inputs } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { confirm } from '../../ui/confirm.ts'
import { toast } from '../../ui/toast.ts'
import type { Kind } from './kinds.ts'
import { countWords, type Deed, doneWords, type Group, type Trouble } from './words.ts'

type Which = Inputs['trouble']['decide']['which']

/** What a deed is about: parts of one kind each, and how much of it there is. */
export interface Meant {
  parts: readonly { kind: Kind; n: number; which: Which }[]
}

/** Rows that were picked, by kind; of each kind as many as one call takes. */
export function meantRows(rows: readonly Trouble[]): Meant {
  const kinds = [...new Set(rows.map((row) => row.kind))]
  return {
    parts: kinds.flatMap((kind) => {
      const ids = rows.filter((row) => row.kind === kind).map((row) => row.id)
      return Array.from({ length: Math.ceil(ids.length / 500) }, (_, at) => ids.slice(at * 500, at * 500 + 500)).map((some) => ({
        ...{ kind, n: some.length },
        which: { kind, ids: some },
      }))
    }),
  }
}

/** All that went wrong for the same reason. */
export const meantGroup = ({ kind, flowId, same, n }: Group): Meant => ({ parts: [{ kind, n, which: { kind, flowId, same } }] })

/** Asks where something may be lost, does it part by part, and says what was done. */
export function useDeeds(onDone: () => void) {
  const queries = useQueryClient()
  const [givingUp, setGivingUp] = useState<Meant | null>(null)
  const decide = useMutation({
    mutationFn: async ({ meant, deed, why }: { meant: Meant; deed: Deed; why: string }) => {
      const done = new Map<Kind, number>()
      for (const { kind, which } of meant.parts) {
        let after: { at: number; id: number } | null = null
        do {
          const asked: Which = 'same' in which ? { ...which, after } : which
          const answer = await client.trouble.decide.mutate({ which: asked, deed, why })
          done.set(kind, (done.get(kind) ?? 0) + answer.done)
          after = answer.next
        } while (after !== null)
      }
      return [...done].map(([kind, n]) => doneWords(kind, deed, n)).join(' ')
    },
    onSuccess: (words) => {
      toast({ words })
      setGivingUp(null)
      onDone()
    },
    onError: (error) => toast({ words: problemWords(error), bad: true }),
    onSettled: () =>
      Promise.all([api.trouble, api.outbox, api.effects, api.home].map((area) => queries.invalidateQueries(area.pathFilter()))),
  })

  async function retry(meant: Meant): Promise<void> {
    const unknown = meant.parts.filter((it) => it.kind === 'unknown').reduce((sum, it) => sum + it.n, 0)
    const text =
      'Whoever did get the first one may get it twice. It is the same text under the same Message-ID, so most mailboxes show it once.'
    if (unknown > 0 && !(await confirm({ title: `Send ${countWords('unknown', unknown)} once more?`, text, deed: 'Send again' }))) return
    decide.mutate({ meant, deed: 'retry', why: '' })
  }

  async function arrived(meant: Meant): Promise<void> {
    const n = meant.parts.reduce((sum, it) => sum + it.n, 0)
    const text = 'Their flows go by that. The log of your mail server says which Message-IDs it took.'
    if (await confirm({ title: `Mark ${countWords('unknown', n)} as sent?`, text, deed: 'Mark as sent' }))
      decide.mutate({ meant, deed: 'arrived', why: '' })
  }

  return {
    retry: (meant: Meant) => void retry(meant),
    arrived: (meant: Meant) => void arrived(meant),
    /** Opens the dialog that asks why. */
    giveUp: setGivingUp,
    givingUp,
    giveUpFor: (why: string) => givingUp && decide.mutate({ meant: givingUp, deed: 'give-up', why }),
    busy: decide.isPending,
  }
}
