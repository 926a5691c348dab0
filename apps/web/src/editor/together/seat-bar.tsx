import './together.css'
import { useEffect, useMemo } from 'react'
import { useStore } from 'zustand'
import { useCommands } from '../../shell/commands.ts'
import { problemWords } from '../../shell/problem.ts'
import type { Command } from '../../shell/search.ts'
import { Button } from '../../ui/button.tsx'
import { confirm } from '../../ui/confirm.ts'
import { DateText } from '../../ui/date-text.tsx'
import { Avatar } from '../../ui/marks.tsx'
import { toast } from '../../ui/toast.ts'
import type { Seat, SeatDeed, SeatState } from './seat.ts'
import { first, lastChange, takeQuestion } from './seat-words.ts'

type Props = {
  seat: Seat
  mayDraw: boolean
  /** Another mode is on the screen: only what wants an answer is said. */
  quiet: boolean
}

/** Under the top bar: who draws this flow, where it is not this page alone, and what can be done about it. */
export function SeatBar({ seat, mayDraw, quiet }: Props) {
  const state = useStore(seat.store)
  const { lostTo, refused, mine, editor, wish } = state
  useEffect(() => {
    if (lostTo !== null) toast({ words: `${lostTo === '' ? 'Somebody else' : lostTo} draws this flow now. You read along.` })
    if (refused) toast({ words: `${editor?.name ?? 'Whoever draws it'} goes on for now. Ask again later, or take over.` })
    if (lostTo !== null || refused) seat.read()
  }, [lostTo, refused, editor, seat])
  useSeatCommands(seat, state, mayDraw)
  if (mine && !wish) return null
  if (!mine && (quiet || (!editor && !mayDraw))) return null
  return (
    <div className="seat-bar" role="status">
      {mine ? <Asked seat={seat} state={state} /> : <Reads seat={seat} state={state} mayDraw={mayDraw} />}
    </div>
  )
}

const does = (seat: Seat, deed: SeatDeed) => seat.does(deed).catch((error: unknown) => toast({ words: problemWords(error), bad: true }))

/** The same by typing (Ctrl K). */
function useSeatCommands(seat: Seat, { mine, editor, wish, giving }: SeatState, mayDraw: boolean) {
  const asked = mine && wish !== null && !giving
  const free = mayDraw && !mine && !editor
  const takes = mayDraw && !mine && editor !== null && !wish?.taking
  const asks = takes && !wish && !editor.you
  const who = editor && first(editor.name)
  const own = editor?.you === true
  const commands = useMemo(
    (): Command[] => [
      ...(asked
        ? [
            { id: 'seat yes', words: 'Hand over the drawing', run: () => void does(seat, { do: 'answer', yes: true }) },
            { id: 'seat no', words: 'Go on drawing', run: () => void does(seat, { do: 'answer', yes: false }) },
          ]
        : []),
      ...(free ? [{ id: 'seat enter', words: 'Draw this flow here', run: () => void does(seat, { do: 'enter' }) }] : []),
      ...(asks ? [{ id: 'seat ask', words: `Ask ${who} to draw this flow`, run: () => void does(seat, { do: 'ask' }) }] : []),
      ...(takes
        ? [{ id: 'seat take', words: own ? 'Go on drawing here…' : 'Take over drawing this flow…', run: () => void takeOver(seat) }]
        : []),
    ],
    [seat, asked, free, asks, takes, who, own],
  )
  useCommands(commands)
}

async function takeOver(seat: Seat) {
  if (await confirm(takeQuestion(seat.store.getState()))) await does(seat, { do: 'take' })
}

/** This page draws, and somebody wants to. */
function Asked({ seat, state: { wish, giving } }: { seat: Seat; state: SeatState }) {
  if (!wish) return null
  const who = wish.you ? 'Another window of yours' : wish.name
  if (giving) {
    return (
      <>
        <Avatar name={wish.name} size="s" quiet />
        <span className="grow">{who} takes over. What you changed is being saved; then you read along.</span>
      </>
    )
  }
  return (
    <>
      <Avatar name={wish.name} size="s" quiet />
      <span className="grow">{who} asks to draw this flow. What you changed is saved before you hand it over.</span>
      <Button size="small" look="quiet" onClick={() => void does(seat, { do: 'answer', yes: false })}>
        Go on drawing
      </Button>
      <Button size="small" onClick={() => void does(seat, { do: 'answer', yes: true })}>
        Hand over
      </Button>
    </>
  )
}

function Reads({ seat, state, mayDraw }: { seat: Seat; state: SeatState; mayDraw: boolean }) {
  const { editor, wish } = state
  if (!editor) {
    return (
      <>
        <span className="grow">Nobody draws this flow now.</span>
        <Button size="small" look="primary" onClick={() => void does(seat, { do: 'enter' })}>
          Draw
        </Button>
      </>
    )
  }
  return (
    <>
      <Avatar name={editor.name} size="s" quiet />
      <span className="grow">
        {editor.you ? <strong>You draw this flow in another window</strong> : <strong>{editor.name} draws this flow</strong>} since{' '}
        <DateText at={editor.since} />, {lastChange(state)}. You read along{editor.you ? ' here' : ''}.
        {wish?.mine && !wish.taking && ` ${first(editor.name)} was asked.`}
        {wish?.mine && wish.taking && ' Taking over: what is not saved there is saved first.'}
        {wish && !wish.mine && ` ${wish.name} ${wish.taking ? 'takes over' : 'asked for it'}.`}
      </span>
      {mayDraw && wish?.mine && !wish.taking && (
        <Button size="small" look="quiet" onClick={() => void does(seat, { do: 'leave' })}>
          Stop asking
        </Button>
      )}
      {mayDraw && !wish && !editor.you && (
        <Button size="small" onClick={() => void does(seat, { do: 'ask' })}>
          Ask {first(editor.name)}
        </Button>
      )}
      {mayDraw && !wish?.taking && (
        <Button size="small" onClick={() => void takeOver(seat)}>
          {editor.you ? 'Go on here…' : 'Take over…'}
        </Button>
      )}
    </>
  )
}
