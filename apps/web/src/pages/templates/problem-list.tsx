import { IconAlertTriangle } from '@tabler/icons-react'
import type { Problem } from './use-draft.ts'

const parts: Readonly<Record<Problem['where'], string>> = { subject: 'Subject', preheader: 'Preview line', body: 'Body', text: 'Text part' }

/** Where the problem is, for the reader: "Body, line 12". */
const placeOf = ({ where, line }: Problem): string =>
  line === undefined || where === 'subject' || where === 'preheader' ? parts[where] : `${parts[where]}, line ${line}`

/** What keeps the text from being saved; a press goes to the place. */
export function ProblemList({ problems, onGo }: { problems: readonly Problem[]; onGo: (problem: Problem) => void }) {
  if (problems.length === 0) return null
  return (
    <section className="problem-list" aria-label="Mistakes" aria-live="polite">
      <h3>
        <IconAlertTriangle size={16} stroke={1.75} aria-hidden="true" />{' '}
        {problems.length === 1 ? '1 mistake' : `${problems.length} mistakes`}
      </h3>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.where} ${problem.line} ${problem.message}`}>
            <button type="button" onClick={() => onGo(problem)}>
              <span className="faint num">{placeOf(problem)}</span> {problem.message}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
