import type { Catalog, FlowGraph, Happening, WalkChoice } from '@baton/engine'
import { IconDice3, IconPlayerTrackNext } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { faceOf } from '../../pages/contacts/passage-steps.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { DateText } from '../../ui/date-text.tsx'
import { Select } from '../../ui/fields.tsx'
import { CallAnswer } from './call-answer.tsx'
import { FitWords } from './entrance-choice.tsx'
import { LeadAnswer } from './lead-answer.tsx'
import { MailAnswer } from './mail-answer.tsx'
import { FieldChange, OwnEvent } from './own-happening.tsx'
import type { Walker } from './set-up.tsx'
import type { WalkStore } from './walk-store.ts'
import { hereWords } from './words.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** How long after the moment that is looked at something happens. */
const AFTER: readonly (readonly [ms: number, words: string])[] = [
  [0, 'right away'],
  [20 * MINUTE, 'after 20 minutes'],
  [HOUR, 'after 1 hour'],
  [5 * HOUR, 'after 5 hours'],
  [24 * HOUR, 'after 24 hours'],
  [72 * HOUR, 'after 72 hours'],
  [168 * HOUR, 'after 7 × 24 hours'],
]

type Props = { walk: WalkStore; graph: FlowGraph; catalog: Catalog; walker: Walker; seed: string }

/** Where they stand, and everything that may happen to them there: chosen, drawn, or nothing. */
export function WhatNext({ walk, graph, catalog, walker, seed }: Props) {
  const { walk: state, choices, entrances, frames, cursor, begin, busy } = useStore(walk)
  const [after, setAfter] = useState(HOUR)
  const part = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place is another question, which is to be seen
  useEffect(() => {
    part.current?.scrollIntoView({ block: 'nearest' })
  }, [cursor, frames])
  if (!state || !begin) return null
  const name = (node: string) => faceOf({ flowId: '', version: 0, nodes: graph.nodes }, node, catalog).name
  const atEnd = cursor >= frames.length - 1
  const frame = frames[cursor]
  const here = frame?.last === false ? null : (frame?.moment.here ?? state.here)
  const next = frames[cursor + 1]
  if (!here || (next && next.moment.decided === frame?.moment.decided && next.at === frame.at)) return <OnTheWay walk={walk} />
  const happen = (what: Happening, now = false) => void walk.getState().decide({ do: 'happen', at: state.now + (now ? 0 : after), what })
  if (here.how === 'over' || here.how === 'parked') {
    return (
      <section className="what-next" ref={part}>
        <Callout
          tone={here.how === 'parked' || (here.how === 'over' && here.ended === 'no-way-on') ? 'danger' : 'plain'}
          title={hereWords(here, name)}
        >
          {here.how === 'over' && (
            <>
              Out of the flow since <DateText at={here.at} style="full" />.
            </>
          )}
        </Callout>
      </section>
    )
  }
  const due = here.how === 'rests' ? here.due : null
  if (!atEnd) {
    return (
      <section className="what-next" aria-label="What happens now" ref={part}>
        <p className="rest-here">
          <b>{hereWords(here, name)}</b>
        </p>
        <p className="small muted">What followed is known: it was decided here, or came by itself.</p>
        <Button size="small" className="start" disabled={busy} onClick={() => void walk.getState().anew()}>
          Decide anew from here
        </Button>
      </section>
    )
  }
  return (
    <section className="what-next" aria-label="What happens now" ref={part}>
      <p className="rest-here">
        <b>{hereWords(here, name)}</b>
        {due !== null && (
          <span className="muted">
            {' '}
            until <DateText at={due} style="full" />
          </span>
        )}
      </p>
      <div className="row wrap">
        <Button
          icon={<IconPlayerTrackNext size={14} stroke={1.75} />}
          disabled={busy || !state.goesOn}
          onClick={() => void walk.getState().decide({ do: 'on' })}
        >
          Nothing happens, time passes
        </Button>
        <Button icon={<IconDice3 size={14} stroke={1.75} />} disabled={busy} onClick={() => void walk.getState().draw(seed)}>
          Let chance decide
        </Button>
      </div>
      <p className="small muted">Chance answers as often as people of this workspace do. Or choose below what happens.</p>
      {!state.goesOn && here.how === 'rests' && <p className="small muted">Nothing comes by itself here: something has to happen.</p>}
      {here.how === 'not-in' && entrances.map((it) => <FitWords key={it.node} entrance={it} catalog={catalog} />)}
      {here.how === 'not-in' && <p className="small muted">Make happen what lets them in, go on in time, or begin again another way.</p>}
      <Answers choices={choices} happen={happen} walk={walk} walker={walker} catalog={catalog} name={name} />
      <Group title="Something else">
        <OwnEvent types={catalog.eventTypes} onHappen={(what) => happen(what)} />
      </Group>
      <Select
        size="xs"
        className="after"
        label="What I choose happens"
        allowDeselect={false}
        data={AFTER.map(([ms, words]) => ({ value: String(ms), label: words }))}
        value={String(after)}
        onChange={(next) => setAfter(Number(next))}
      />
    </section>
  )
}

/** Between two steps of one moment nothing is decided. */
function OnTheWay({ walk }: { walk: WalkStore }) {
  return (
    <section className="what-next">
      <p className="small muted">On the way: the next step follows at once.</p>
      <Button size="small" className="start" onClick={() => void walk.getState().forward()}>
        Next step
      </Button>
    </section>
  )
}

type AnswersProps = {
  choices: readonly WalkChoice[]
  happen: (what: Happening, now?: boolean) => void
  walk: WalkStore
  walker: Walker
  catalog: Catalog
  name: (node: string) => string
}

function Answers({ choices, happen, walk, walker, catalog, name }: AnswersProps) {
  const begin = useStore(walk, (state) => state.begin)
  const of = <K extends WalkChoice['kind']>(kind: K) => choices.filter((it): it is Extract<WalkChoice, { kind: K }> => it.kind === kind)
  const mails = [...new Map(of('mail').map((it) => [it.mail.key, it.mail])).values()]
  const calls = [...new Set(of('call').map((it) => it.node))]
  const [latest, ...older] = mails
  if (!begin) return null
  const mailGroup = (mail: (typeof mails)[number]) => (
    <Group key={mail.key} title={`“${catalog.templates.find((it) => it.id === mail.templateId)?.name ?? 'The mail'}”`}>
      <MailAnswer
        mail={mail}
        begin={begin}
        contactId={walker.contactId}
        deeds={of('mail').filter((it) => it.mail.key === mail.key)}
        onHappen={happen}
      />
    </Group>
  )
  return (
    <>
      {calls.map((node) => (
        <Group key={node} title={`The address that “${name(node)}” calls`}>
          <CallAnswer node={node} onAnswer={(what) => happen(what, true)} />
        </Group>
      ))}
      {of('lead').length > 0 && (
        <Group title="Sales">
          <LeadAnswer choices={of('lead')} onHappen={happen} />
        </Group>
      )}
      {latest && mailGroup(latest)}
      {older.length > 0 && (
        <details className="older">
          <summary className="small">Earlier mails</summary>
          {older.map(mailGroup)}
        </details>
      )}
      {of('event').map(({ type, what }) => (
        <Group key={type} title={type}>
          <OwnEvent types={[]} known={what} onHappen={(it) => happen(it)} />
        </Group>
      ))}
      {of('field').length > 0 && (
        <Group title="A field changes">
          <FieldChange keys={of('field').map((it) => it.key)} onHappen={(it) => happen(it)} />
        </Group>
      )}
    </>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="next-group">
      <legend className="small muted">{title}</legend>
      {children}
    </fieldset>
  )
}
