import type { DiffPart } from '@baton/engine'
import { IconMinus, IconPencil, IconPlus } from '@tabler/icons-react'
import { EmptyState } from '../../ui/empty-state.tsx'
import { type Side, sideWords } from './compare.ts'

const HOW = {
  added: { word: 'Added', Icon: IconPlus },
  changed: { word: 'Changed', Icon: IconPencil },
  removed: { word: 'Removed', Icon: IconMinus },
} as const

type Props = { parts: readonly DiffPart[]; first: boolean; from: Side; to: Side; onShow: (nodes: readonly string[]) => void }

/** What is different from one side to the other, step by step and value by value. A press goes to the step. */
export function ChangesList({ parts, first, from, to, onShow }: Props) {
  if (first) return <EmptyState title="Nothing is live yet.">Everything in this draft is new.</EmptyState>
  if (parts.length === 0) return <EmptyState title={`${sideWords(to)} does the same as ${sideWords(from).toLowerCase()}.`} />
  return (
    <ol className="review-changes" aria-label="Changes">
      {parts.map(({ node, how, name, lines }) => {
        const { word, Icon } = HOW[how]
        return (
          <li key={`${how} ${node}`}>
            <button type="button" disabled={node === null} onClick={() => node !== null && onShow([node])}>
              <span className={`how ${how}`}>
                <Icon size={12} stroke={2.25} aria-hidden="true" />
                {word}
              </span>
              <b>{name}</b>
            </button>
            {lines.length > 0 && (
              <dl>
                {lines.map((line) => (
                  <div key={`${line.about} ${line.from} ${line.to}`}>
                    <dt>{line.about}</dt>
                    <dd>
                      {line.from !== null && <del>{line.from}</del>}
                      {line.from !== null && line.to !== null && <span aria-hidden="true"> → </span>}
                      {line.to !== null && <ins>{line.to}</ins>}
                    </dd>
                  </div>
                ))}
              </dl>
            )}
          </li>
        )
      })}
    </ol>
  )
}
