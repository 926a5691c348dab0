import type { Happening, WalkChoice } from '@baton/engine'
import { useState } from 'react'
import type { Inputs } from '../../shell/api.ts'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/fields.tsx'

type Reason = Inputs['desk']['reject']['reason']

/** As on the desk. */
const REASONS: readonly Reason[] = [
  'No budget this year',
  'No need',
  'Not the right person',
  'Too small for us',
  'Has a contract elsewhere',
  'Could not be reached',
  'Something else',
]

type Answer = Extract<WalkChoice, { kind: 'lead' }>['answer']

/** What is said without a reason, in the order in which it is offered. */
const SAID: readonly (readonly [Answer, string])[] = [
  ['accepted', 'Accepts'],
  ['converted', 'Wins the deal'],
  ['voicemail', 'Leaves a voicemail'],
  ['no-response', 'Never answers'],
  ['overflow', 'Nobody can take it'],
]
const REASONED: readonly (readonly [Answer, string])[] = [
  ['rejected', 'Rejects'],
  ['lost', 'Loses the deal'],
]

type Props = { choices: readonly Extract<WalkChoice, { kind: 'lead' }>[]; onHappen: (what: Happening) => void }

/** What sales says of the lead. */
export function LeadAnswer({ choices, onHappen }: Props) {
  const [why, setWhy] = useState<string>(REASONS[0] ?? '')
  const plain = SAID.flatMap(([answer, words]) => choices.filter((it) => it.answer === answer).map((it) => ({ ...it, words })))
  const reasoned = REASONED.flatMap(([answer, words]) => choices.filter((it) => it.answer === answer).map((it) => ({ ...it, words })))
  return (
    <div className="stack">
      <div className="row wrap">
        {plain.map(({ answer, words, what }) => (
          <Button key={answer} size="small" onClick={() => onHappen(what)}>
            {words}
          </Button>
        ))}
      </div>
      {reasoned.map(({ answer, words, what }) => (
        <div className="row" key={answer}>
          <Button size="small" onClick={() => what.do === 'sales' && onHappen({ ...what, why })}>
            {words}
          </Button>
          <Select
            size="xs"
            aria-label={`Why: ${words}`}
            allowDeselect={false}
            data={[...REASONS]}
            value={why}
            onChange={(next) => next !== null && setWhy(next)}
          />
        </div>
      ))}
    </div>
  )
}
