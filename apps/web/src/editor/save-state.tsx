import { Button } from '../ui/button.tsx'
import { useNow } from '../ui/date-text.tsx'
import type { Saver, SaveState } from './saver.ts'

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** "Saved 10:42", in the bar. */
export function SaveWords({ state, onAsk }: { state: SaveState; onAsk: () => void }) {
  switch (state.kind) {
    case 'saved':
      return <span className="small faint num">{state.at === null ? 'Saved' : `Saved ${clock.format(state.at)}`}</span>
    case 'waiting':
    case 'saving':
      return <span className="small faint">Saving</span>
    case 'failed':
      return <span className="small warn">Not saved</span>
    case 'conflict':
      return (
        <Button size="small" look="danger-quiet" onClick={onAsk}>
          Not saved: changed elsewhere
        </Button>
      )
  }
}

/** Under the bar while saving does not work. */
export function SaveTrouble({ state, saver }: { state: SaveState; saver: Saver }) {
  const now = useNow()
  if (state.kind !== 'failed') return null
  const minutes = Math.floor((now - state.since) / 60_000)
  const since = minutes < 1 ? '' : ` for ${minutes} min`
  return (
    <div className="save-trouble" role="alert">
      <span>
        Not saved{since}. {state.why} Your changes are kept here. Trying again.
      </span>
      <Button size="small" onClick={() => void saver.flush()}>
        Try now
      </Button>
    </div>
  )
}
