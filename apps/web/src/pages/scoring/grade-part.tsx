import type { ScoreIssue } from '@baton/engine'
import type { GradeModel } from '@baton/leads'
import { Button } from '../../ui/button.tsx'
import { NumberInput, Select } from '../../ui/fields.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { type Dimension, freshGrade, type Preview } from './model.ts'

const LETTERS = ['A', 'B', 'C', 'D'] as const
const NUMBERS = ['1', '2', '3', '4'] as const
const PLACES = [0, 1, 2] as const

type Props = {
  grade: GradeModel | null
  dimensions: readonly Dimension[]
  issues: readonly ScoreIssue[]
  readOnly: boolean
  /** How many people of a sample have each grade, where it has been looked at. */
  counts: Preview['grades'] | undefined
  onChange: (grade: GradeModel | null) => void
}

/** The grade: a letter for how well they fit, a number for how interested they are, each from thresholds that can be moved. */
export function GradePart({ grade, dimensions, issues, readOnly, counts, onChange }: Props) {
  const first = freshGrade(dimensions)
  if (!grade) {
    return (
      <section className="score-part" aria-label="Grade">
        <header>
          <h2>Grade</h2>
        </header>
        <p className="muted small score-none">A grade such as A1 says at a glance who fits and who is interested. It needs two scores.</p>
        {!readOnly && first && (
          <div>
            <Button size="small" onClick={() => onChange(first)}>
              Set a grade
            </Button>
          </div>
        )}
      </section>
    )
  }
  const side = (which: 'fit' | 'engagement', names: readonly string[], words: string) => (
    <div className="grade-side">
      <Select
        label={words}
        data={dimensions.filter((it) => it.name !== '').map((it) => ({ value: it.id, label: it.name }))}
        value={grade[which].dimension}
        allowDeselect={false}
        disabled={readOnly}
        onChange={(dimension) => dimension && onChange({ ...grade, [which]: { ...grade[which], dimension } })}
      />
      <div className="row">
        {PLACES.map((place) => (
          <NumberInput
            key={place}
            label={`${names[place]} from`}
            hideControls
            w={72}
            disabled={readOnly}
            value={grade[which].at[place] / 100}
            onChange={(value) => {
              if (typeof value !== 'number') return
              const at: [number, number, number] = [...grade[which].at]
              at[place] = Math.round(value * 100)
              onChange({ ...grade, [which]: { ...grade[which], at } })
            }}
          />
        ))}
      </div>
    </div>
  )
  return (
    <section className="score-part" aria-label="Grade">
      <header>
        <h2>Grade</h2>
        <span className="small muted">below the last threshold: D and 4</span>
        {!readOnly && (
          <Button size="small" look="quiet" className="right" onClick={() => onChange(null)}>
            No grade
          </Button>
        )}
      </header>
      <div className="grade-sides">
        {side('fit', LETTERS, 'The letter says')}
        {side('engagement', NUMBERS, 'The number says')}
      </div>
      {issues.map((it) => (
        <p key={it.say} className="wrong" role="alert">
          {it.say}
        </p>
      ))}
      {counts && <Matrix counts={counts} />}
    </section>
  )
}

/** How many of those looked at have each grade, now and under the draft. */
function Matrix({ counts }: { counts: NonNullable<Preview['grades']> }) {
  const most = Math.max(1, ...counts.map((it) => it.after))
  const of = (grade: string) => counts.find((it) => it.grade === grade) ?? { before: 0, after: 0 }
  return (
    <table className="grade-matrix">
      <caption className="small muted">People looked at, by grade: under this draft, and how many more or fewer than now</caption>
      <thead>
        <tr>
          <td />
          {NUMBERS.map((number) => (
            <th key={number} scope="col">
              {number}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {LETTERS.map((letter) => (
          <tr key={letter}>
            <th scope="row">{letter}</th>
            {NUMBERS.map((number) => {
              const { before, after } = of(`${letter}${number}`)
              const more = after - before
              return (
                <td key={number} style={{ '--share': `${Math.round((after / most) * 100)}%` }}>
                  <b className="num">{fullNumber(after)}</b>
                  <span className="small muted num">{more === 0 ? '' : more > 0 ? `+${fullNumber(more)}` : `−${fullNumber(-more)}`}</span>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
