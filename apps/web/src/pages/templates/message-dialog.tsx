import './templates.css'
import { useHotkeys } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { Button } from '../../ui/button.tsx'
import { confirm } from '../../ui/confirm.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { SkeletonText } from '../../ui/skeleton.tsx'
import type { Found } from './person-picker.tsx'
import { type Draft, type Message, useDraft } from './use-draft.ts'
import { useTest } from './use-test.ts'
import { Writing } from './writing.tsx'

type Props = { id: string; onClose: () => void }

/** A message over the flow that sends it: changed and saved without leaving it. */
export default function MessageDialog({ id, onClose }: Props) {
  // What is being written must not be replaced under the author's hands: it is read once.
  const message = useQuery(api.templates.get.queryOptions({ id }, { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 }))
  if (message.data) return <Writer message={message.data} onClose={onClose} />
  return (
    <Dialog title="Mail" open onClose={onClose} width={1180}>
      {message.error ? (
        <FailedFrame what="The mail" error={message.error} onRetry={() => void message.refetch()} />
      ) : (
        <SkeletonText lines={12} />
      )}
    </Dialog>
  )
}

/** Who else is changed by it; nothing where only one flow sends it. */
function othersWords({ uses }: Message): string {
  const live = uses.some((use) => use.live)
  const words = uses.length > 1 ? `${uses.length} flows send this mail: all of them send what you save.` : ''
  return live ? `${words} What you save goes out from the next mail on, without publishing.`.trim() : words
}

function Writer({ message, onClose }: { message: Message; onClose: () => void }) {
  const draft: Draft = useDraft(message)
  const [person, setPerson] = useState<Found | null>(null)
  const readOnly = message.archivedAt !== null
  const test = useTest({ text: draft.text, templateId: message.id, contactId: person?.id ?? null })
  useHotkeys([['mod+S', draft.save]], [], true)
  const close = async () => {
    const question = { title: 'Close without saving?', text: 'What you changed here is lost.', deed: 'Close', danger: true }
    if (!draft.dirty || (await confirm(question))) onClose()
  }
  return (
    <Dialog title={draft.name === '' ? 'Mail without a name' : draft.name} open onClose={() => void close()} width={1180}>
      <div className="message-dialog">
        <Writing message={message} draft={draft} readOnly={readOnly} person={person} onPerson={setPerson} />
      </div>
      <div className="dialog-foot">
        <span className="small muted grow">{othersWords(message)}</span>
        <span className="small faint" aria-live="polite">
          {draft.dirty ? 'Not saved' : 'Saved'}
        </span>
        <Button onClick={test.send} busy={test.busy}>
          Send me a test
        </Button>
        <Button onClick={() => void close()}>Close</Button>
        <Button look="primary" keys="Ctrl S" onClick={draft.save} busy={draft.saving} disabled={!draft.dirty}>
          Save
        </Button>
      </div>
    </Dialog>
  )
}
