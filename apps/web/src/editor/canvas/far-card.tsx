import { IconLock } from '@tabler/icons-react'
import { cardOf } from '../../nodes/registry.ts'
import { foldNumber } from '../../ui/numbers.ts'
import type { CardState } from './card-state.ts'
import { cardCatalog, spokenSentence, wordsOf } from './card-words.ts'

/** A step from afar: a block in its colour, with its sign and one number. No words and no ports, which nobody could read or hit. */
export function FarCard({ state, tile }: { state: CardState; tile: boolean }) {
  const { node, read, catalog, flow, count, live, classes } = state
  const card = read && cardOf(node.type)
  const Icon = card && read ? card.icon(read.config) : IconLock
  const { sentence, text, name } = wordsOf(node, read, cardCatalog(catalog, flow))
  return (
    <article className={`node far ${classes}`} title={name ?? text} aria-label={name ?? spokenSentence(sentence)}>
      {tile && (
        <div className="body">
          <span className={`tile ${state.category}`} aria-hidden="true">
            <Icon stroke={1.75} />
          </span>
          {live && <span className="big">{foldNumber(count?.passed ?? 0)}</span>}
        </div>
      )}
    </article>
  )
}
