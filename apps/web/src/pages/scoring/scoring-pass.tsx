import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { confirm } from '../../ui/confirm.ts'
import { fullNumber } from '../../ui/numbers.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { toast } from '../../ui/toast.ts'
import type { Page } from './model.ts'

/** How far the pass over everybody's points has come, and how to stop it or let it go on. Nothing while there is nothing to tell. */
export function ScoringPass({ scan, mayEdit }: { scan: Page['scoring']; mayEdit: boolean }) {
  const queries = useQueryClient()
  const after = () => queries.invalidateQueries(api.scores.pathFilter())
  const bad = (error: unknown) => toast({ words: problemWords(error), bad: true })
  const stop = useMutation(api.scores.stop.mutationOptions({ onSuccess: after, onError: bad }))
  const resume = useMutation(api.scores.resume.mutationOptions({ onSuccess: after, onError: bad }))
  if (!scan || scan.status === 'done') return null
  const left = fullNumber(Math.max(0, scan.total - scan.done))
  if (scan.status === 'running') {
    const ask = async () => {
      const text = `${fullNumber(scan.done)} people have the points of version ${scan.version}. ${left} keep what they have until you let it go on, or something new happens to them.`
      if (await confirm({ title: 'Stop here?', text, deed: 'Stop' })) stop.mutate({ id: scan.id })
    }
    return (
      <ProgressBar
        label={`Everybody’s points are being brought to version ${scan.version}`}
        done={scan.done}
        total={scan.total}
        unit="people"
        onCancel={mayEdit ? () => void ask() : undefined}
        cancelWords="Stop…"
      />
    )
  }
  return (
    <Callout
      tone={scan.status === 'failed' ? 'danger' : 'warn'}
      title={`Stopped after ${fullNumber(scan.done)} people: ${left} have the points of an older version.`}
      action={
        mayEdit ? (
          <Button size="small" busy={resume.isPending} onClick={() => resume.mutate({ id: scan.id })}>
            Go on
          </Button>
        ) : undefined
      }
    >
      {scan.error ?? 'Whatever is new about them counts by the rules of now.'}
    </Callout>
  )
}
