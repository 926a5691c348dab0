import { useHotkeys } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useMay } from '../../shell/person.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { Button } from '../../ui/button.tsx'
import { Chip } from '../../ui/marks.tsx'
import type { Found } from './person-picker.tsx'
import { type Message, useDraft } from './use-draft.ts'
import { useTest } from './use-test.ts'
import { Writing } from './writing.tsx'

/** A message on a page of its own. */
export function Editor({ message }: { message: Message }) {
  const draft = useDraft(message)
  const { name, text, dirty, save } = draft
  const readOnly = !useMay('admin', 'marketer') || message.archivedAt !== null
  const [person, setPerson] = useState<Found | null>(null)
  const test = useTest({ text, templateId: message.id, contactId: person?.id ?? null })
  useHotkeys([['mod+S', save]], [], true)
  return (
    <div className="page">
      <TopBar
        crumbs={[
          <Link key="all" to="/templates">
            Messages
          </Link>,
          name === '' ? 'Without a name' : name,
        ]}
        beside={<Chip>Version {draft.version}</Chip>}
      >
        {!readOnly && (
          <>
            <span className="small faint" aria-live="polite">
              {dirty ? 'Not saved' : 'Saved'}
            </span>
            <Button onClick={test.send} busy={test.busy}>
              Send me a test
            </Button>
            <Button look="primary" onClick={save} busy={draft.saving} disabled={!dirty} keys={dirty ? 'Ctrl S' : undefined}>
              Save
            </Button>
          </>
        )}
      </TopBar>
      <Writing message={message} draft={draft} readOnly={readOnly} person={person} onPerson={setPerson} />
    </div>
  )
}
