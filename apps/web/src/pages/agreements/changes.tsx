import type { Answers } from '../../shell/api.ts'
import { SentenceText } from '../contacts/sentence.tsx'

/** What differs between two versions, in words: what is gone is struck through, what is new stands below it. */
export function Changes({ changes }: { changes: Answers['agreements']['compare'] }) {
  if (changes.length === 0) return <p className="muted">They say the same.</p>
  return (
    <ul className="agreement-changes">
      {changes.map(({ about, before, after }) => (
        <li key={JSON.stringify([about, before, after])}>
          <span className="small muted">{about}</span>
          {before && (
            <del>
              <SentenceText sentence={before} />
            </del>
          )}
          {after && (
            <ins>
              <SentenceText sentence={after} />
            </ins>
          )}
        </li>
      ))}
    </ul>
  )
}
