import { useState } from 'react'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Radio, Select } from '../../../ui/fields.tsx'
import type { LeadsTo } from './team.ts'

/** Somebody with open leads who leaves, and who could get them. */
export type Leaver = {
  userId: string
  name: string
  count: number
  /** What happens to them: "Deactivate", "Take out". */
  deed: string
  choices: readonly { id: string; name: string }[]
}

/** Asks who gets the open leads of somebody who leaves. `onAnswer(null)`: it is not done. */
export function LeavingDialog({ leaver, onAnswer }: { leaver: Leaver | null; onAnswer: (to: LeadsTo | null) => void }) {
  const title = leaver ? `${leaver.name} has ${leaver.count === 1 ? '1 open lead' : `${leaver.count} open leads`}` : ''
  return (
    <Dialog title={title} open={leaver !== null} onClose={() => onAnswer(null)}>
      {leaver && <Ask key={leaver.userId} leaver={leaver} onAnswer={onAnswer} />}
    </Dialog>
  )
}

function Ask({ leaver, onAnswer }: { leaver: Leaver; onAnswer: (to: LeadsTo | null) => void }) {
  const [kind, setKind] = useState<'team' | 'rep'>('team')
  const [userId, setUserId] = useState<string | null>(null)
  const done = () => onAnswer(kind === 'team' ? { kind } : { kind, userId: userId ?? '' })
  return (
    <div className="dialog-form">
      <p className="dialog-text">
        No lead is left with nobody. Say who gets these; whoever it is has the whole time of the service level again.
      </p>
      <Radio.Group aria-label="Who gets them" value={kind} onChange={(value) => setKind(value === 'rep' ? 'rep' : 'team')}>
        <div className="stack">
          <Radio value="team" label="The team" description="Each goes to the next in turn, by weight and room." />
          <Radio
            value="rep"
            label="A named rep"
            disabled={leaver.choices.length === 0}
            description="All of them, whatever the most open leads say."
          />
        </div>
      </Radio.Group>
      {kind === 'rep' && (
        <Select
          label="Rep"
          placeholder="Choose a rep"
          searchable
          data={leaver.choices.map((it) => ({ value: it.id, label: it.name }))}
          value={userId}
          onChange={setUserId}
        />
      )}
      <div className="dialog-foot">
        <Button onClick={() => onAnswer(null)}>Cancel</Button>
        <Button look="danger" disabled={kind === 'rep' && userId === null} onClick={done}>
          {leaver.deed}
        </Button>
      </div>
    </div>
  )
}
