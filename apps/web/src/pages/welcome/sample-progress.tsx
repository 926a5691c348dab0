import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Answers, api } from '../../shell/api.ts'
import { confirm } from '../../ui/confirm.ts'
import { ConfirmHost } from '../../ui/confirm-host.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'

/** What is being made, in counts, and a way to stop. */
export function SampleProgress({ sample }: { sample: Answers['sample']['status'] }) {
  const queries = useQueryClient()
  const cancel = useMutation(api.sample.cancel.mutationOptions({ onSettled: () => queries.invalidateQueries(api.sample.pathFilter()) }))
  const ask = async () => {
    const question = { title: 'Stop loading?', text: 'What was made so far stays: people, flows, leads.', deed: 'Stop', danger: true }
    if (await confirm(question)) cancel.mutate()
  }
  return (
    <div className="welcome-progress">
      <ProgressBar
        label={sample.stage}
        done={sample.done}
        total={sample.total === 0 ? undefined : sample.total}
        unit=""
        cancelWords="Stop"
        onCancel={cancel.isPending ? undefined : () => void ask()}
      />
      <p className="small muted">
        Some weeks go by on a clock of its own; this takes about a minute. Then you are taken to Home, or{' '}
        <Link to="/">go there meanwhile</Link>.
      </p>
      <ConfirmHost />
    </div>
  )
}
