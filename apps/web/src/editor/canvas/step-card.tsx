import type { FlowNode } from '@baton/engine'
import { IconAlertTriangle, IconExclamationMark, IconHelp, IconLock, IconNote, IconPlus, IconUsers } from '@tabler/icons-react'
import { Handle, type Node, type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import { cardOf } from '../../nodes/registry.ts'
import { foldNumber, fullNumber } from '../../ui/numbers.ts'
import { useLiveClick } from '../live/live-click.ts'
import type { Count } from '../store.ts'
import { type CardState, useCardState } from './card-state.ts'
import { cardCatalog, undecidedWords, wholeWords, wordsOf } from './card-words.ts'
import { FarCard } from './far-card.tsx'
import { useLevel } from './level.ts'

export type StepNode = Node<{ node: FlowNode }, 'step'>

/** A step on the canvas: LOOK 4. Where it stands is the canvas's business: being moved draws nothing in it anew. */
export const StepCard = memo(
  function StepCard({ id, data, selected }: NodeProps<StepNode>) {
    const level = useLevel()
    const state = useCardState(id, data.node, selected)
    return level === 'near' ? <NearCard state={state} /> : <FarCard state={state} tile={level === 'far'} />
  },
  (a, b) => a.id === b.id && a.data.node === b.data.node && a.selected === b.selected,
)

function NearCard({ state }: { state: CardState }) {
  const { node, read, shape, category, errors, warnings, lacks, count, live, port } = state
  const openPeople = useLiveClick()
  const card = read && cardOf(node.type)
  const catalog = cardCatalog(state.catalog, state.flow)
  const { sentence, text, name } = wordsOf(node, read, catalog)
  const Icon = card && read ? card.icon(read.config) : IconLock
  const terms = card && read ? card.terms?.(read.config, catalog) : undefined
  const open = new Set([...errors, ...lacks].flatMap((it) => (it.path?.startsWith('port.') ? [it.path.slice(5)] : [])))
  const single = shape.ports.length === 1 ? shape.ports[0] : undefined
  return (
    <article className={`node ${state.classes}`} title={wholeWords(read, text, catalog)}>
      {category !== 'trigger' && <Handle className="entry" type="target" position={Position.Top} isConnectableStart={false} />}
      <div className="body">
        <span className={`tile ${category}`} aria-hidden="true">
          <Icon stroke={1.75} />
        </span>
        <div className="words">
          <p className="say" dir="auto">
            {name !== null ? (
              <b>{name}</b>
            ) : (
              sentence.map((part, at) => {
                // biome-ignore lint/suspicious/noArrayIndexKey: words of a sentence are their places
                if (part.kind === 'plain') return <span key={at}>{part.text}</span>
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <b key={at} className={part.kind === 'missing' ? 'missing' : undefined}>
                    {part.text}
                  </b>
                )
              })
            )}
          </p>
          {terms && terms.length > 0 && (
            <p className="terms" title={terms.map(({ words }) => words).join(' · ')}>
              {terms.map(({ icon: TermIcon, words }) => (
                <span key={words}>
                  <TermIcon size={14} stroke={1.75} aria-hidden="true" />
                  <span className="clip">{words}</span>
                </span>
              ))}
            </p>
          )}
        </div>
      </div>
      {shape.row ? (
        <div className="ports">
          {shape.ports.map((it) => (
            <span key={it.id} className={`port${open.has(it.id) ? ' open' : ''}${port === it.id ? ' chosen' : ''}`}>
              <span className="clip" title={it.label}>
                {it.label}
              </span>
              {live && <b>{foldNumber(count?.ports[it.id] ?? 0)}</b>}
              <Way id={it.id} open={open.has(it.id)} />
            </span>
          ))}
        </div>
      ) : (
        single && (
          <span className={`single${open.has(single.id) ? ' open' : ''}`}>
            <Way id={single.id} open={open.has(single.id)} />
          </span>
        )
      )}
      {errors.length > 0 && (
        <span className="badge">
          <IconAlertTriangle size={12} stroke={2} aria-hidden="true" />
          {errors.length}
        </span>
      )}
      {errors.length === 0 && warnings.length > 0 && (
        <span className="badge w">
          <IconExclamationMark size={12} stroke={2} aria-hidden="true" />
          {warnings.length}
        </span>
      )}
      {errors.length === 0 && warnings.length === 0 && lacks.some((it) => !it.path?.startsWith('port.')) && (
        <span className="badge quiet">To be set up</span>
      )}
      {node.note !== undefined && (
        <span className="noted" title={node.note}>
          <IconNote size={12} stroke={2} aria-label="Has a note" />
        </span>
      )}
      {live && count && <Counts count={count} onOpen={(who) => openPeople(node.id, who)} />}
    </article>
  )
}

/** The dot at a port: pull it to a step, or press it to add one. */
function Way({ id, open }: { id: string; open: boolean }) {
  return (
    <Handle className={open ? 'way open' : 'way'} type="source" id={id} position={Position.Bottom}>
      <IconPlus size={12} stroke={2.25} aria-hidden="true" />
    </Handle>
  )
}

function Counts({ count, onOpen }: { count: Count; onOpen: (who: 'here' | 'parked' | 'passed') => void }) {
  return (
    <span className="counts nodrag nopan">
      {count.told && count.told.line !== '' && (
        <span className="told" title={count.told.whole}>
          {count.told.line}
        </span>
      )}
      <button
        type="button"
        className="count"
        title={count.told?.whole ?? `${fullNumber(count.passed)} came here so far`}
        onClick={() => onOpen('passed')}
      >
        {foldNumber(count.passed)}
      </button>
      {count.here - count.parked > 0 && (
        <button
          type="button"
          className="count here"
          title={`${fullNumber(count.here)} ${count.here === 1 ? 'is' : 'are'} here ${count.told ? 'then' : 'now'}`}
          onClick={() => onOpen('here')}
        >
          <IconUsers size={12} stroke={2} aria-hidden="true" />
          {foldNumber(count.here)}
        </button>
      )}
      {count.undecided > 0 && (
        <button type="button" className="count" title={undecidedWords(count.undecided)} onClick={() => onOpen('passed')}>
          <IconHelp size={12} stroke={2} aria-hidden="true" />
          {foldNumber(count.undecided)}
        </button>
      )}
      {count.parked > 0 && (
        <button
          type="button"
          className="count bad"
          title={`${fullNumber(count.parked)} parked: they stand still with an error`}
          onClick={() => onOpen('parked')}
        >
          <IconAlertTriangle size={12} stroke={2} aria-hidden="true" />
          {foldNumber(count.parked)}
        </button>
      )}
    </span>
  )
}
