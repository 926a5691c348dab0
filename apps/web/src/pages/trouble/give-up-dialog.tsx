import { type FormEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/fields.tsx'
import type { Meant } from './use-deeds.ts'
import { countWords, kindWords } from './words.ts'

type Props = { meant: Meant | null; busy: boolean; onGiveUp: (why: string) => void; onClose: () => void }

/** Asks why, and says what is lost. */
export function GiveUpDialog({ meant, busy, onGiveUp, onClose }: Props) {
  const [why, setWhy] = useState('')
  const parts = meant?.parts ?? []
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (why.trim() !== '') onGiveUp(why.trim())
  }
  return (
    <Dialog title={`Give up ${parts.map(({ kind, n }) => countWords(kind, n)).join(', ')}?`} open={meant !== null} onClose={onClose}>
      <form className="give-up" onSubmit={submit}>
        {[...new Set(parts.map((it) => it.kind))].map((kind) => (
          <p key={kind}>{kindWords[kind].loss}</p>
        ))}
        <TextInput
          label="Why"
          description="Stands in the log of who changed what."
          maxLength={500}
          data-autofocus
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
        <div className="dialog-foot">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="danger" busy={busy} disabled={why.trim() === ''}>
            Give up
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
