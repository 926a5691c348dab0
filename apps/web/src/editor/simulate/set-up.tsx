import type { ContactState, FlowGraph, Happening, Persona, WalkEntrance } from '@baton/engine'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { faceOf } from '../../pages/contacts/passage-steps.ts'
import { type Answers, api } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { Section } from '../../ui/panel.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { SkeletonText } from '../../ui/skeleton.tsx'
import { useEditor } from '../store.ts'
import { EntranceChoice } from './entrance-choice.tsx'
import { type Chosen, ContactChoice, remember } from './person-choice.tsx'
import { PersonaChoice } from './persona-choice.tsx'
import { nameOfPersona, PERSONAS } from './personas.ts'
import type { Begin, Who } from './protocol.ts'
import type { Simulator } from './simulator.ts'

/** Who walks, as the page names them. */
export interface Walker {
  name: string
  /** null: made up. */
  contactId: number | null
}

/** What was chosen last, so that another walk begins with the same. */
export interface SetUpState {
  kind: 'contact' | 'persona'
  contact: Chosen | null
  persona: Persona
  at: number
  node: string | null
}

export const freshSetUp = (at: number): SetUpState => {
  const [first] = PERSONAS
  if (!first) throw new Error('There is somebody made up.')
  return { kind: 'persona', contact: null, persona: first.persona, at, node: null }
}

/** As an input for date and time takes it: the reader's own clock. */
export function localTime(at: number): string {
  const offset = new Date(at).getTimezoneOffset() * 60_000
  return new Date(at - offset).toISOString().slice(0, 16)
}

/** What came over the wire as the engine knows it: other passages stand still, so that nothing is held in them. */
export const contactFrom = (state: Answers['walk']['person']['state']): ContactState => ({
  ...state,
  enrolments: state.enrolments.map((it) => ({ ...it, vars: { visits: {}, here: {}, held: [], frozenMs: 0 } })),
})

type Props = {
  flowId: string
  engine: Simulator
  graph: FlowGraph
  state: SetUpState
  onState: (state: SetUpState) => void
  onStart: (begin: Begin, walker: Walker) => void
}

/** Everything that is chosen before a walk: who, by which start, when. */
export function SetUp({ flowId, engine, graph, state, onState, onStart }: Props) {
  const { kind, contact, persona, at } = state
  const catalog = useEditor((it) => it.catalog)
  const known = useQuery(
    api.walk.person.queryOptions(
      { flowId, contactId: contact?.id ?? 1 },
      { enabled: kind === 'contact' && contact !== null, retry: false, staleTime: 0, gcTime: 0 },
    ),
  )
  const who = useMemo((): Who | null => {
    if (kind === 'persona') return { kind: 'persona', persona }
    return contact && known.data ? { kind: 'contact', state: contactFrom(known.data.state) } : null
  }, [kind, persona, contact, known.data])
  const [entrances, setEntrances] = useState<readonly WalkEntrance[]>([])
  const [happening, setHappening] = useState<Happening | null>(null)
  useEffect(() => {
    let gone = false
    if (who)
      void engine
        .ask('entrances', { at, who })
        .then((found) => !gone && setEntrances(found))
        .catch(() => !gone && setEntrances([]))
    return () => {
      gone = true
    }
  }, [engine, who, at])
  const node = entrances.find((it) => it.node === state.node)?.node ?? entrances[0]?.node ?? null
  const proposal = entrances.find((it) => it.node === node)?.proposal ?? null
  const proposed = JSON.stringify(proposal)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another proposal, told by its text, is one that replaces what was chosen
  useEffect(() => setHappening(proposal), [proposed, node])
  const name = (id: string) => faceOf({ flowId, version: 0, nodes: graph.nodes }, id, catalog).name
  const start = () => {
    if (!who) return
    if (kind === 'contact' && contact) remember(contact)
    const walker =
      kind === 'persona' ? { name: nameOfPersona(persona), contactId: null } : { name: contact?.name ?? '', contactId: contact?.id ?? null }
    onStart({ at, who, entrance: happening }, walker)
  }
  return (
    <>
      <Section title="Who walks">
        <div className="stack">
          <Segmented
            label="Who walks"
            size="small"
            value={kind}
            onChange={(next) => onState({ ...state, kind: next })}
            options={[
              { value: 'persona', label: 'Somebody made up' },
              { value: 'contact', label: 'A contact' },
            ]}
          />
          {kind === 'persona' ? (
            <PersonaChoice flowId={flowId} graph={graph} persona={persona} onChange={(next) => onState({ ...state, persona: next })} />
          ) : (
            <ContactChoice chosen={contact} onChoose={(next) => onState({ ...state, contact: next })} />
          )}
          {kind === 'contact' && contact && known.isFetching && <SkeletonText lines={2} />}
          {kind === 'contact' && known.isError && !known.isFetching && <Callout tone="danger" title={problemWords(known.error)} />}
          {kind === 'contact' && known.data?.inFlow && (
            <p className="small muted">They are in this flow now. Here they come in anew, as if they had never been in it.</p>
          )}
          {kind === 'contact' && known.data && (
            <p className="small muted">With what is known of them now. Only what the draft reads was fetched.</p>
          )}
        </div>
      </Section>
      <Section title="How they come in">
        {node === null ? (
          <p className="small muted">{who ? 'This draft has no start.' : 'Choose a contact first.'}</p>
        ) : (
          <EntranceChoice
            key={`${node} ${proposed}`}
            entrances={entrances}
            node={node}
            onNode={(next) => onState({ ...state, node: next })}
            happening={happening}
            onHappening={setHappening}
            madeUp={kind === 'persona'}
            catalog={catalog}
            name={name}
          />
        )}
      </Section>
      <Section title="When">
        <div className="row">
          <input
            type="datetime-local"
            className="field-input"
            aria-label="When the walk begins"
            value={localTime(at)}
            onChange={(event) => {
              const next = Date.parse(event.currentTarget.value)
              if (!Number.isNaN(next)) onState({ ...state, at: next })
            }}
          />
          <span className="small muted">your time</span>
        </div>
      </Section>
      <div className="sim-foot">
        <Button look="primary" icon={<IconPlayerPlay size={14} stroke={1.75} />} disabled={!who || node === null} onClick={start}>
          Start the walk
        </Button>
        <p className="small muted">No mail is sent, nothing is called and nothing is written.</p>
      </div>
    </>
  )
}
