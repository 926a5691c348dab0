import type { Condition } from '@baton/engine'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { useNow } from '../../ui/date-text.tsx'
import { dateWords } from '../../ui/date-words.ts'
import { Select } from '../../ui/fields.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { type ContactRow, nameOf } from '../contacts/people.ts'
import { SentenceText } from '../contacts/sentence.tsx'

const VERDICT = {
  true: { mark: '✓', words: 'matches', tone: 'ok' },
  false: { mark: '✗', words: 'does not match', tone: 'danger' },
  null: { mark: '?', words: 'cannot be told', tone: 'faint' },
} as const
const verdictOf = (truth: boolean | null) => VERDICT[truth === null ? 'null' : truth ? 'true' : 'false']

/** Why one person matches or not: each rule with what was seen. The first of those who match, until somebody else is chosen. */
export function Why({ condition, rows }: { condition: Condition; rows: readonly ContactRow[] }) {
  const [chosen, setChosen] = useState<{ id: number; name: string } | null>(null)
  const [search, setSearch] = useState('')
  const [asked] = useDebouncedValue(search, 250)
  const [first] = rows
  const who = chosen ?? (first ? { id: first.id, name: nameOf(first) } : null)
  // While nobody types, the control holds the name of the one who is chosen.
  const typing = asked.trim().length > 1 && asked !== who?.name
  const found = useQuery(
    api.contacts.list.queryOptions({ filter: { search: asked } }, { enabled: typing, placeholderData: keepPreviousData }),
  )
  const people = new Map((typing ? (found.data?.rows ?? []) : rows).map((row) => [row.id, nameOf(row)]))
  if (who && !typing) people.set(who.id, who.name)
  const explained = useQuery(
    api.segments.explain.queryOptions({ condition, contactId: who?.id ?? 0 }, { enabled: who !== null, placeholderData: keepPreviousData }),
  )
  const told = explained.data && 'rules' in explained.data ? explained.data : undefined
  return (
    <section aria-labelledby="why" className="stack">
      <h2 id="why">Why one person is in it, or not</h2>
      <Select
        aria-label="Person"
        className="why-who"
        placeholder="Find somebody by name or address"
        searchable
        data={[...people].map(([id, name]) => ({ value: String(id), label: name }))}
        filter={({ options }) => options}
        value={who ? String(who.id) : null}
        onFocus={(event) => event.currentTarget.select()}
        searchValue={search}
        onSearchChange={setSearch}
        onChange={(id) => setChosen(id === null ? null : { id: Number(id), name: people.get(Number(id)) ?? '' })}
        nothingFoundMessage="Nobody is called so."
      />
      {explained.error && <p className="danger">{problemWords(explained.error)}</p>}
      {who && told && <Told who={who} told={told} />}
    </section>
  )
}

type Answer = {
  truth: boolean | null
  until: number | null
  rules: readonly {
    sentence: Parameters<typeof SentenceText>[0]['sentence']
    truth: boolean | null
    seen: string | number | boolean | null
    path: string
  }[]
}

function Told({ who, told: { truth, until, rules } }: { who: { id: number; name: string }; told: Answer }) {
  const now = useNow()
  const verdict = verdictOf(truth)
  return (
    <div className="why">
      <p>
        <Link to="/contacts/$contactId" params={{ contactId: String(who.id) }}>
          {who.name}
        </Link>{' '}
        <b className={verdict.tone}>{verdict.words}</b>
        {until !== null && until > now && (
          <span className="muted">, unless something happens, until {dateWords(until, { now }, true)}</span>
        )}
      </p>
      <ul>
        {rules.map((rule) => (
          <li key={rule.path} style={{ '--deep': depthOf(rule.path) }}>
            <span className={`why-mark ${verdictOf(rule.truth).tone}`} title={verdictOf(rule.truth).words}>
              {verdictOf(rule.truth).mark}
            </span>
            <span className="why-join muted">{joinerOf(rule.path)}</span>
            <span className="grow">
              <SentenceText sentence={rule.sentence} />
            </span>
            <span className="muted">{seenWords(rule.seen)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

const depthOf = (path: string) => Math.max(0, path.split('/').length / 2 - 1)

/** "and", "or", "not": how a rule is tied to the one before it in its group. */
function joinerOf(path: string): string {
  const [place = '0', group = 'and'] = path.split('/').reverse()
  if (place !== '0') return group.replace('!', '')
  return group.endsWith('!') ? 'not' : ''
}

function seenWords(seen: string | number | boolean | null): string {
  if (seen === null) return 'nothing known'
  if (typeof seen === 'boolean') return seen ? 'yes' : 'no'
  if (typeof seen === 'number') return fullNumber(seen)
  return seen.startsWith('|') ? seen.slice(1, -1).split('|').join(', ') : seen
}
