import { type Catalog, type FlowGraph, withSteps } from '@baton/engine'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { Details } from '../../pages/contacts/journey.tsx'
import { faceOf } from '../../pages/contacts/passage-steps.ts'
import { reasonWords } from '../../pages/contacts/reason-words.ts'
import { StepIcon } from '../../pages/contacts/step-icon.tsx'
import { Button } from '../../ui/button.tsx'
import { CategoryTile } from '../../ui/category-tile.tsx'
import { DateText } from '../../ui/date-text.tsx'
import type { Frame } from './frames.ts'
import { LeadLook } from './lead-look.tsx'
import { MailLook } from './mail-look.tsx'
import type { Begin } from './protocol.ts'
import { RoutedLook } from './routed-look.tsx'
import type { Walker } from './set-up.tsx'
import type { WalkStore } from './walk-store.ts'
import { happeningWords, momentWords } from './words.ts'

type Around = { graph: FlowGraph; catalog: Catalog; begin: Begin; walker: Walker }

/** What has happened so far, step by step, each with its reason. Choosing one goes there. */
export function WalkTimeline({ walk, graph, catalog, walker }: { walk: WalkStore; graph: FlowGraph; catalog: Catalog; walker: Walker }) {
  const frames = useStore(walk, (state) => state.frames)
  const cursor = useStore(walk, (state) => state.cursor)
  const begin = useStore(walk, (state) => state.begin)
  const mails = useStore(walk, (state) => state.walk?.mails)
  const named = useMemo(() => withSteps(catalog, graph), [catalog, graph])
  if (!begin) return null
  const around = { graph, catalog: named, begin, walker }
  return (
    <ol className="walk-steps" aria-label="What happened">
      {frames.slice(0, cursor + 1).map((frame, at) => (
        <FrameItem
          // biome-ignore lint/suspicious/noArrayIndexKey: frames are positions
          key={at}
          frame={frame}
          now={at === cursor}
          onShow={() => walk.getState().show(at)}
          mail={mails?.find((it) => frame.moment.sends.some((send) => send.key === it.key && send.node === frame.step?.node))}
          around={around}
        />
      ))}
    </ol>
  )
}

type ItemProps = {
  frame: Frame
  now: boolean
  onShow: () => void
  mail: Parameters<typeof MailLook>[0]['mail'] | undefined
  around: Around
}

function FrameItem({ frame, now, onShow, mail, around }: ItemProps) {
  const { moment, step, first, last } = frame
  const { graph, catalog, begin, walker } = around
  const [open, setOpen] = useState(false)
  const item = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (now) item.current?.scrollIntoView({ block: 'nearest' })
  }, [now])
  const face = useMemo(
    () => (step ? faceOf({ flowId: '', version: 0, nodes: graph.nodes }, step.node, catalog) : null),
    [graph, step, catalog],
  )
  // A lead is opened at the step where they then stay: it stands with the last step of its moment.
  const leads = last ? moment.leads : []
  return (
    <li ref={item} className={now ? 'walk-step now' : 'walk-step'} aria-current={now ? 'step' : undefined}>
      {first && step && moment.what && <p className="walk-what">{happeningWords(moment.what, catalog)}</p>}
      {step && face ? (
        <>
          <button type="button" className="walk-head" onClick={onShow}>
            <CategoryTile category={face.category ?? 'exit'} size="s">
              <StepIcon face={face} />
            </CategoryTile>
            <span className="grow">
              <b>{face.name}</b>
              {step.visit > 1 && <span className="muted">, time {step.visit}</span>}
            </span>
            <span className="small faint">
              <DateText at={step.at} style="full" />
            </span>
          </button>
          <p className="walk-why">
            {/* biome-ignore-start lint/suspicious/noArrayIndexKey: parts of a sentence are positions */}
            {reasonWords(step.reason, face).map((part, at) =>
              part.kind === 'strong' ? <b key={at}>{part.text}</b> : <span key={at}>{part.text}</span>,
            )}
            {/* biome-ignore-end lint/suspicious/noArrayIndexKey: as above */}
            {'. '}
            <button type="button" className="link small" aria-expanded={open} onClick={() => setOpen(!open)}>
              {open ? 'Hide the values' : 'Show the values'}
            </button>
          </p>
          {open && <Details step={step} face={face} />}
          {mail && <MailLook mail={mail} begin={begin} walker={walker} catalog={catalog} />}
        </>
      ) : (
        <button type="button" className="walk-head" onClick={onShow}>
          <span className="walk-dot" aria-hidden="true" />
          <span className="grow">{momentWords(moment, catalog)}</span>
          <span className="small faint">
            <DateText at={frame.at} style="full" />
          </span>
        </button>
      )}
      {leads.map((lead) => (
        <LeadLook key={lead.key} lead={lead} catalog={catalog} />
      ))}
      {last &&
        moment.routed.map((routed) => <RoutedLook key={`${routed.key} ${routed.news.outcome} ${routed.news.repId}`} routed={routed} />)}
      {last && moment.effects.length > 0 && <Effects moment={moment} />}
    </li>
  )
}

const EFFECTS = { webhook: 'A web address is called', notify: 'Somebody of yours is told', throttle: 'Stands in a line' } as const

function Effects({ moment }: { moment: Frame['moment'] }) {
  return moment.effects.map(({ key, kind, payload }) => (
    <details key={key} className="small walk-effect">
      <summary>{EFFECTS[kind]}</summary>
      <pre>{JSON.stringify(payload, null, 2)}</pre>
    </details>
  ))
}

/** A button that brings one back to the place where decisions are made. */
export function EarlierMoment({ walk }: { walk: WalkStore }) {
  const left = useStore(walk, (state) => state.frames.length - 1 - state.cursor)
  if (left <= 0) return null
  const last = () => walk.getState().show(walk.getState().frames.length - 1)
  return (
    <div className="sim-note">
      <p className="small muted">
        You look back: the walk goes on for {left === 1 ? 'one more moment' : `${left} more moments`} from here. Deciding here takes the
        place of what followed.
      </p>
      <Button size="small" onClick={last}>
        Go to the end
      </Button>
    </div>
  )
}
