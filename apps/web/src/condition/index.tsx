import './condition.css'
import '../ui/marks.css'
import '../ui/panel.css'
import '../ui/button.css'
import { type Catalog, type Condition, type ConditionIssue, type ConditionPlace, compileCondition } from '@baton/engine'
import { useMemo, useState } from 'react'
import { Around } from './context.ts'
import { GroupLines } from './group.tsx'
import { subjectChoices } from './subjects.ts'

export { emptyCondition } from './edit.ts'

type Props = {
  value: Condition
  onChange: (condition: Condition) => void
  catalog: Catalog
  /** `segment` offers nothing that only people in a flow have. */
  place?: ConditionPlace | undefined
  readOnly?: boolean | undefined
}

const noIssues: ReadonlyMap<string, readonly ConditionIssue[]> = new Map()

/** What is still to be chosen reads so in its token; only what was chosen wrongly needs a sentence. */
const open = /^(Choose|There is no)/

/** Problems by the rule they belong to: `rules.0.rules.2.value` stands at `0.2`. */
function byRule(issues: readonly ConditionIssue[]): ReadonlyMap<string, readonly ConditionIssue[]> {
  const map = new Map<string, ConditionIssue[]>()
  for (const issue of issues) {
    if (open.test(issue.say) || issue.code === 'condition.empty') continue
    const key = [...issue.path.matchAll(/rules\.(\d+)/g)].map((it) => it[1]).join('.')
    map.set(key, [...(map.get(key) ?? []), issue])
  }
  return map
}

/**
 * A condition as a sentence whose parts are buttons (LOOK 6). Tab goes from token to token, Enter opens, typing filters, Backspace on
 * an empty token removes its condition, a click on "and" turns it into "or" for the group.
 */
export function ConditionBuilder({ value, onChange, catalog, place = 'flow', readOnly = false }: Props) {
  const [fresh, setFresh] = useState<string | null>(null)
  const subjects = useMemo(() => subjectChoices(catalog, place), [catalog, place])
  const issues = useMemo(() => {
    const compiled = compileCondition(value, catalog, place)
    return 'issues' in compiled ? byRule(compiled.issues) : noIssues
  }, [value, catalog, place])
  const around = useMemo(() => ({ catalog, place, readOnly, subjects, issues, fresh }), [catalog, place, readOnly, subjects, issues, fresh])
  return (
    <Around value={around}>
      <div className="cond">
        <GroupLines
          whole={value}
          path={[]}
          group={value}
          onChange={(next, added = null) => {
            setFresh(added)
            onChange(next)
          }}
        />
      </div>
    </Around>
  )
}
