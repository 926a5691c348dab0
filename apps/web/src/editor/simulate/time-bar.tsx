import './time-bar.css'
import { IconPlayerPause, IconPlayerPlay, IconPlayerSkipBack, IconPlayerTrackNext, IconPlayerTrackPrev } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { type KeyDeed, useKeys } from '../../shell/keys.ts'
import { IconButton } from '../../ui/button.tsx'
import { DateText } from '../../ui/date-text.tsx'
import { glide } from '../glide.ts'
import type { Frame } from './frames.ts'
import { localTime } from './set-up.tsx'
import type { WalkStore } from './walk-store.ts'

/** How long each step is shown while a walk plays. */
const PACE = 700

/** Time of the walk: forward, back, play, a jump; a stop for everything that happened. */
export function TimeBar({ walk }: { walk: WalkStore }) {
  const { frames, cursor, busy, playing, begin, walk: state } = useStore(walk)
  const { forward, back, play, show, jump } = walk.getState()
  const begun = begin !== null
  const atEnd = cursor >= frames.length - 1
  const over = atEnd && (state?.here.how === 'over' || state?.goesOn === false)
  useWalkKeys(walk, begun, () => press())
  // Whoever asked for less motion goes on by hand.
  const press = () => (glide(PACE) === 0 ? void forward() : play(!playing))
  useEffect(() => {
    if (!playing || busy) return
    if (over) {
      play(false)
      return
    }
    const timer = setTimeout(() => void forward(), PACE)
    return () => clearTimeout(timer)
  })
  const now = atEnd ? Math.max(state?.now ?? 0, frames[cursor]?.at ?? 0) : (frames[cursor]?.at ?? 0)
  return (
    <fieldset className="time-bar" aria-label="Time of the walk">
      <div className="row">
        <IconButton
          look="default"
          label="To the beginning"
          disabled={!begun || cursor === 0}
          icon={<IconPlayerSkipBack size={14} stroke={1.75} />}
          onClick={() => show(0)}
        />
        <IconButton
          look="default"
          label="Back"
          keys="←"
          disabled={!begun || cursor === 0}
          icon={<IconPlayerTrackPrev size={14} stroke={1.75} />}
          onClick={back}
        />
        <IconButton
          look="default"
          label={playing ? 'Stop' : 'Play'}
          keys="Space"
          disabled={!begun || over}
          icon={playing ? <IconPlayerPause size={14} stroke={1.75} /> : <IconPlayerPlay size={14} stroke={1.75} />}
          onClick={press}
        />
        <IconButton
          look="default"
          label="Next"
          keys="→"
          disabled={!begun || over || busy}
          icon={<IconPlayerTrackNext size={14} stroke={1.75} />}
          onClick={() => void forward()}
        />
      </div>
      {begun ? <Stops frames={frames} cursor={cursor} onShow={show} /> : <p className="grow small muted">Choose who walks, then start.</p>}
      {begun && (
        <label className="time-jump">
          <span className="small muted">
            {playing ? 'Playing' : 'Now'} <DateText at={now} style="full" />
          </span>
          <input
            key={now}
            type="datetime-local"
            className="field-input"
            aria-label="Jump to a time"
            defaultValue={localTime(now)}
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
            onBlur={(event) => {
              const at = Date.parse(event.currentTarget.value)
              if (!Number.isNaN(at) && Math.abs(at - now) >= 60_000) void jump(at)
            }}
          />
        </label>
      )}
    </fieldset>
  )
}

/**
 * Arrows go forward and back, with Shift by a day; Space plays. On the canvas too, which has other uses for them while one draws: so they are
 * taken before it hears of them.
 */
function useWalkKeys(walk: WalkStore, begun: boolean, press: () => void) {
  const { forward, back, days } = walk.getState()
  const deeds: readonly KeyDeed[] = [
    ['ArrowRight', () => void forward()],
    ['ArrowLeft', () => back()],
    ['shift+ArrowRight', () => void days(1)],
    ['shift+ArrowLeft', () => void days(-1)],
    ['Space', () => press()],
  ]
  useKeys(begun ? deeds : [])
  const latest = useRef(deeds)
  latest.current = deeds
  useEffect(() => {
    if (!begun) return
    const take = (event: KeyboardEvent) => {
      const { target, shiftKey, ctrlKey, metaKey, altKey } = event
      if (ctrlKey || metaKey || altKey || !(target instanceof Element) || !target.closest('.canvas')) return
      const key = `${shiftKey ? 'shift+' : ''}${event.code === 'Space' ? 'Space' : event.key}`
      const deed = latest.current.find(([keys]) => keys === key)?.[1]
      if (!deed) return
      event.preventDefault()
      event.stopImmediatePropagation()
      deed(event)
    }
    window.addEventListener('keydown', take, { capture: true })
    return () => window.removeEventListener('keydown', take, { capture: true })
  }, [begun])
}

/** A stop for each thing that happened, days apart marked. */
function Stops({ frames, cursor, onShow }: { frames: readonly Frame[]; cursor: number; onShow: (at: number) => void }) {
  const day = (at: number) => new Date(at).toDateString()
  return (
    <ol className="stops" aria-label="Stops">
      {frames.map((frame, at) => {
        const anew = at === 0 || day(frames[at - 1]?.at ?? 0) !== day(frame.at)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: frames are positions
          <li key={at} className={`${at < cursor ? 'gone' : ''}${at === cursor ? 'now' : ''}${anew ? ' anew' : ''}`}>
            <button
              type="button"
              aria-label={`Step ${at + 1} of ${frames.length}`}
              aria-current={at === cursor}
              onClick={() => onShow(at)}
            />
            {anew && (
              <span className="small faint">
                <DateText at={frame.at} style="day" />
              </span>
            )}
          </li>
        )
      })}
    </ol>
  )
}
