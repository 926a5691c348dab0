import { type Catalog, type Condition, conditionSentence, type Sentence } from '@baton/engine'
import { Fragment } from 'react'

/** A sentence whose chosen parts stand out. Parts are joined by one space. */
export function SentenceText({ sentence }: { sentence: Sentence }) {
  return sentence.map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a sentence are positions
    <Fragment key={at}>
      {at > 0 && ' '}
      {part.kind === 'plain' ? part.text : <b className={part.kind === 'missing' ? 'danger' : undefined}>{part.text}</b>}
    </Fragment>
  ))
}

/** A condition read aloud. */
export const ConditionText = ({ condition, catalog }: { condition: Condition; catalog: Catalog }) => (
  <SentenceText sentence={conditionSentence(condition, catalog)} />
)
