import type { Saver } from '../saver.ts'
import { useEditorStore } from '../store.ts'
import { KeptBar } from './kept-bar.tsx'
import type { Seat } from './seat.ts'
import { SeatBar } from './seat-bar.tsx'
import type { Slot } from './storage.ts'
import { useTogether } from './use-together.ts'

type Props = {
  slot: Slot
  saver: Saver
  seat: Seat
  mayDraw: boolean
  name: string
  /** Who saved the draft before this page was opened, and when. */
  last: { at: number; by: string | null }
  /** A save was refused. */
  stuck: boolean
  /** Another mode is on the screen: only what wants an answer is said. */
  quiet: boolean
}

/** What an open flow has to do with others who have it open, and with what an earlier visit left. */
export default function Together({ slot, saver, seat, mayDraw, name, last, stuck, quiet }: Props) {
  const store = useEditorStore()
  useTogether({ slot, store, saver, seat, stuck, mayDraw })
  return (
    <>
      <SeatBar seat={seat} mayDraw={mayDraw} quiet={quiet} />
      {mayDraw && !quiet && <KeptBar slot={slot} seat={seat} name={name} last={last} />}
    </>
  )
}
