import './together.css'
import { type ComponentProps, useState } from 'react'
import { useStore } from 'zustand'
import { Button } from '../../ui/button.tsx'
import { DateText } from '../../ui/date-text.tsx'
import type { Backup } from '../backup.ts'
import { BothSides } from './both-sides.tsx'
import { useKept } from './kept.ts'

type Props = Omit<ComponentProps<typeof BothSides>, 'onLater' | 'backup'>

/** Under the top bar while changes wait that met those of somebody else; opens both sides, by itself where this page draws. */
export function KeptBar(props: Props) {
  const [backup] = useKept(props.slot)
  if (!backup) return null
  return <One key={backup.at} {...props} backup={backup} />
}

function One(props: Props & { backup: Backup }) {
  const { seat, backup } = props
  const mine = useStore(seat.store, (state) => state.mine)
  // By itself as soon as this page may decide, unless somebody has closed it.
  const [asked, setAsked] = useState<boolean>()
  return (
    <>
      <div className="save-trouble" role="status">
        <span className="grow">
          What you changed until <DateText at={backup.at} style="full" /> is not in this flow: somebody else came first. Yours is kept here.
        </span>
        <Button size="small" onClick={() => setAsked(true)}>
          Look at both
        </Button>
      </div>
      {(asked ?? mine) && <BothSides {...props} onLater={() => setAsked(false)} />}
    </>
  )
}
