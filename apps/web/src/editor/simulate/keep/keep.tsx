import type { FlowGraph } from '@baton/engine'
import { IconPinned } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { api } from '../../../shell/api.ts'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { DateText } from '../../../ui/date-text.tsx'
import { Section } from '../../../ui/panel.tsx'
import { ProgressBar } from '../../../ui/progress-bar.tsx'
import { toast } from '../../../ui/toast.ts'
import { type Ask, madeOnServer } from './server-run.ts'

type Props = { flowId: string; graph: FlowGraph; what: 'forecast' | 'back-test'; ask: Ask }

/** Keeps what was simulated with the draft: the server makes it itself, so that a review can rely on it. */
export function Keep({ flowId, graph, what, ask }: Props) {
  const queries = useQueryClient()
  const kept = useQuery(api.simulations.ofDraft.queryOptions({ flowId }, { staleTime: 0 }))
  const [done, setDone] = useState<number | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const stopped = useRef(false)
  const keep = async () => {
    stopped.current = false
    setFailed(null)
    setDone(0)
    try {
      const made = await madeOnServer({ flowId, graph, ask }, (share) => {
        setDone(share)
        return !stopped.current
      })
      if (made) toast({ words: `The ${what} is kept with this draft.` })
    } catch (error) {
      setFailed(error instanceof Error ? error.message : String(error))
    } finally {
      setDone(null)
      await queries.invalidateQueries({ queryKey: api.simulations.pathKey() })
      await queries.invalidateQueries({ queryKey: api.reviews.pathKey() })
      await queries.invalidateQueries({ queryKey: api.flows.publishPreview.queryKey() })
    }
  }
  const has = kept.data?.kept ?? null
  return (
    <Section title="Keep it">
      {done === null ? (
        <Button icon={<IconPinned size={14} stroke={1.75} />} onClick={() => void keep()}>
          {`Keep this ${what} with the draft`}
        </Button>
      ) : (
        <ProgressBar
          label="The server makes it itself"
          done={Math.floor(done * 100)}
          total={100}
          unit="per cent"
          onCancel={() => {
            stopped.current = true
          }}
        />
      )}
      {failed !== null && <Callout tone="danger" title={`It was not kept: ${failed}`} />}
      <p className="small muted forecast-kept" aria-live="polite">
        {has === null ? (
          'Nothing is kept with this draft. A review shows what is, and the checks read from it whether sales can take the leads.'
        ) : has.fresh ? (
          <>
            Kept with this draft: a {has.kind === 'forecast' ? 'forecast' : 'back-test'} by {has.byName},{' '}
            <DateText at={has.at} style="full" />.
          </>
        ) : (
          <>
            What {has.byName} kept <DateText at={has.at} style="full" /> is of an earlier draft.
          </>
        )}
      </p>
    </Section>
  )
}
