import { kindOf, parseNode, replaceGraph } from '@baton/engine'
import { useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { cardOf } from '../../nodes/registry.ts'
import { client } from '../../shell/api.ts'
import { usePerson } from '../../shell/person.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { CategoryTile } from '../../ui/category-tile.tsx'
import { DateText } from '../../ui/date-text.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Chip } from '../../ui/marks.tsx'
import { toast } from '../../ui/toast.ts'
import type { Backup } from '../backup.ts'
import { useEditor, useEditorStore } from '../store.ts'
import { changesBetween, countWords, inBoth, type SideChanges, type StepChange } from './changes.ts'
import { dropKept } from './kept.ts'
import type { Seat } from './seat.ts'
import type { Slot } from './storage.ts'

/** Steps of a side that are listed; the rest are counted. */
const LISTED = 12

type Props = {
  slot: Slot
  seat: Seat
  name: string
  /** Who saved the draft before this page was opened, and when. */
  last: { at: number; by: string | null }
  backup: Backup
  onLater: () => void
}

/** Two people changed a flow from the same beginning: what each did, and which of them stays. */
export function BothSides({ slot, seat, name, last, backup, onLater }: Props) {
  const store = useEditorStore()
  const theirs = useEditor((state) => state.history.present)
  const catalog = useEditor((state) => state.catalog)
  const { mine: draws, editor, theirs: followed } = useStore(seat.store)
  const saved = followed ?? last
  const me = usePerson().name
  const navigate = useNavigate()
  const [wrong, setWrong] = useState<string>()
  const sides = useMemo(() => {
    const mine = changesBetween(backup.base, backup.graph, catalog)
    const other = changesBetween(backup.base, theirs, catalog)
    return { mine, other, both: inBoth(mine, other) }
  }, [backup, theirs, catalog])
  const by = saved.by === me ? null : saved.by

  const drop = (words: string) => {
    const back = dropKept(slot, backup)
    onLater()
    toast({ words, undo: back })
  }
  const keepMine = () => {
    store.getState().edit((now) => replaceGraph(now, backup.graph))
    dropKept(slot, backup)
    onLater()
    toast({ words: 'Yours is in its place now. Undo brings back what was there.', undo: () => store.getState().undo() })
  }
  const copy = async () => {
    try {
      const made = `${name.slice(0, 100)} (my changes)`
      const { id } = await client.flows.create.mutate({ name: made, graph: backup.graph })
      dropKept(slot, backup)
      await navigate({ to: '/flows/$flowId', params: { flowId: id } })
      toast({ words: `Yours is a flow of its own now: ${made}.` })
    } catch (error) {
      setWrong(problemWords(error))
    }
  }
  return (
    <Dialog
      title={by === null ? 'This flow was changed elsewhere, too' : `${by} changed this flow, too`}
      open
      onClose={onLater}
      width={760}
      foot={
        <>
          <Button look="quiet" onClick={onLater}>
            Decide later
          </Button>
          <span className="grow" />
          <Button onClick={() => void copy()}>Keep mine as a new flow</Button>
          <Button onClick={() => drop('Theirs stays. Yours is dropped.')}>Take theirs</Button>
          <Button look="primary" disabled={!draws} onClick={keepMine}>
            Keep mine
          </Button>
        </>
      }
    >
      <p className="dialog-text">
        Both began from the same flow of {backup.base.nodes.length} {backup.base.nodes.length === 1 ? 'step' : 'steps'}.{' '}
        {sides.both.size === 0
          ? 'No step was changed by both.'
          : `${sides.both.size} ${sides.both.size === 1 ? 'step was' : 'steps were'} changed by both, and not alike.`}
      </p>
      <div className="sides">
        <Side title="Yours" at={backup.at} steps={backup.graph.nodes.length} changes={sides.mine} both={sides.both} />
        <Side
          title={by === null ? 'As it is now' : `${by}'s`}
          at={saved.at}
          steps={theirs.nodes.length}
          changes={sides.other}
          both={sides.both}
        />
      </div>
      {!draws && (
        <p className="small muted">
          {editor ? `${editor.you ? 'Another window of yours' : editor.name} draws this flow now` : 'You do not draw this flow now'}: take
          it over before you put yours in its place, or keep yours as a new flow.
        </p>
      )}
      {wrong !== undefined && (
        <p className="small danger" role="alert">
          {wrong}
        </p>
      )}
    </Dialog>
  )
}

type SideProps = { title: string; at: number; steps: number; changes: SideChanges; both: ReadonlySet<string> }

function Side({ title, at, steps, changes, both }: SideProps) {
  const listed = changes.steps.toSorted((a, b) => Number(both.has(b.id)) - Number(both.has(a.id))).slice(0, LISTED)
  const more = changes.steps.length - listed.length
  return (
    <section className="side" aria-label={title}>
      <header>
        <h3>{title}</h3>
        <span className="small faint">
          <DateText at={at} style="full" />, {steps} {steps === 1 ? 'step' : 'steps'}
        </span>
      </header>
      <p className="small muted">{countWords(changes)}</p>
      <ul>
        {listed.map((it) => (
          <Line key={it.id} change={it} both={both.has(it.id)} />
        ))}
      </ul>
      {more > 0 && <p className="small faint">and {more} more</p>}
    </section>
  )
}

const SIGNS: Readonly<Record<StepChange['sign'], { sign: string; word: string }>> = {
  added: { sign: '+', word: 'Added' },
  changed: { sign: '~', word: 'Changed' },
  removed: { sign: '−', word: 'Removed' },
}

function Line({ change: { sign, node, words, before }, both }: { change: StepChange; both: boolean }) {
  const read = parseNode(node)
  const card = cardOf(node.type)
  const Icon = 'ok' in read && card ? card.icon(read.ok.config) : null
  return (
    <li className={sign}>
      <span className="sign" title={SIGNS[sign].word}>
        <span aria-hidden="true">{SIGNS[sign].sign}</span>
        <span className="unseen">{SIGNS[sign].word}: </span>
      </span>
      <CategoryTile category={kindOf(node.type)?.category ?? 'exit'}>{Icon && <Icon stroke={1.75} />}</CategoryTile>
      <span>
        <span className="words">{words}</span>
        {before !== null && <span className="small faint"> instead of {before}</span>}
      </span>
      {both && <Chip tone="warn">both</Chip>}
    </li>
  )
}
