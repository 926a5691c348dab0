import type { Happening, WalkChoice } from '@baton/engine'
import { LOSS_REASONS, REJECT_REASONS } from '@baton/leads'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Select } from '../../ui/fields.tsx'

type Answer = Extract<WalkChoice, { kind: 'lead' }>['answer']

/** What is said without a reason, in the order in which it is offered. */
const SAID: readonly (readonly [Answer, string])[] = [
  ['accepted', 'Accepts'],
  ['opportunity', 'Opens a deal'],
  ['converted', 'Wins the deal'],
  ['voicemail', 'Leaves a voicemail'],
  ['wrong-number', 'Has a wrong number'],
  ['draft', 'Writes a mail'],
  ['given-back', 'Gives it back'],
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
  const plain = SAID.flatMap(([answer, words]) => choices.filter((it) => it.answer === answer).map((it) => ({ ...it, words })))
  const reasoned = REASONED.flatMap(([answer, words]) => choices.filter((it) => it.answer === answer).map((it) => ({ ...it, words })))
  // Those that choose a way first.
  const rejected = [...new Set([...choices.flatMap((it) => it.reasons), ...REJECT_REASONS])]
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
        <Reasoned key={answer} words={words} reasons={answer === 'lost' ? LOSS_REASONS : rejected} what={what} onHappen={onHappen} />
      ))}
    </div>
  )
}

type ReasonedProps = { words: string; reasons: readonly string[]; what: Happening; onHappen: (what: Happening) => void }

/** An answer that says why: the reason may choose the way. */
function Reasoned({ words, reasons, what, onHappen }: ReasonedProps) {
  const [chosen, setChosen] = useState<string | null>(null)
  const why = chosen !== null && reasons.includes(chosen) ? chosen : (reasons[0] ?? '')
  return (
    <div className="row">
      <Button size="small" onClick={() => what.do === 'sales' && onHappen({ ...what, why })}>
        {words}
      </Button>
      <Select
        size="xs"
        aria-label={`Why: ${words}`}
        allowDeselect={false}
        data={[...reasons]}
        value={why}
        onChange={(next) => next !== null && setChosen(next)}
      />
    </div>
  )
}
