import { useNetwork } from '@mantine/hooks'
import { Button } from '../ui/button.tsx'
import { useNow } from '../ui/date-text.tsx'
import type { Saver, SaveState } from './saver.ts'
import type { Keeping } from './use-saver.ts'

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** "Saved 10:42", in the bar. */
export function SaveWords({ state, keeping }: { state: SaveState; keeping: Keeping }) {
  const { online } = useNetwork()
  const offline = keeping === 'kept' ? 'Offline, kept here' : 'Offline'
  switch (state.kind) {
    case 'saved':
      return <span className="small faint num">{state.at === null ? 'Saved' : `Saved ${clock.format(state.at)}`}</span>
    case 'waiting':
    case 'saving':
    case 'conflict':
      return <span className="small faint">{online === false ? offline : 'Saving'}</span>
    case 'failed':
      return <span className="small warn">{online === false ? offline : 'Not saved'}</span>
  }
}

/** Under the bar while saving does not work. `keeping`: whether this browser has room for what is unsaved. */
export function SaveTrouble({ state, saver, keeping }: { state: SaveState; saver: Saver; keeping: Keeping }) {
  const now = useNow()
  const { online } = useNetwork()
  const failed = state.kind === 'failed'
  if (keeping === 'full' && state.kind !== 'saved' && (failed || online === false)) {
    return (
      <div className="save-trouble offline-here" role="alert">
        <span>
          Not saved, and this browser's storage is full: your changes are on this page only. Keep it open; they are saved as soon as the
          server answers.
        </span>
        <Button size="small" onClick={() => void saver.flush()}>
          Try now
        </Button>
      </div>
    )
  }
  if (online === false) {
    return (
      <div className="save-trouble calm offline-here" role="status">
        <span className="dot faint" aria-hidden="true" />
        Offline. You can go on; what you change is kept here and saved when the line is back, also after the browser was closed.
      </div>
    )
  }
  if (!failed) return null
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
