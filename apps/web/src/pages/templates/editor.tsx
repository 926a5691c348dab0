import { useHotkeys } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { api, type Inputs } from '../../shell/api.ts'
import { useMay, usePerson } from '../../shell/person.ts'
import { problemWords } from '../../shell/problem.ts'
import { TopBar } from '../../shell/top-bar.tsx'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { TextField } from '../../ui/form-field.tsx'
import { Chip } from '../../ui/marks.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { toast } from '../../ui/toast.ts'
import { LineField } from './line-field.tsx'
import type { Found } from './person-picker.tsx'
import { PreviewPane } from './preview-pane.tsx'
import { SourcePane } from './source-pane.tsx'
import { TopicSelect } from './topic-select.tsx'
import { type Message, useDraft } from './use-draft.ts'
import { usePreview } from './use-preview.ts'

const purposes = {
  marketing: 'News and offers: only to people who agreed, and with your postal address and a link to unsubscribe.',
  transactional: 'Part of a service somebody asked for, as a receipt is: goes out without consent. Never for news or offers.',
}

/** Writing at the left, how it will look at the right. */
export function Editor({ message }: { message: Message }) {
  const draft = useDraft(message)
  const { name, text, change, dirty, save } = draft
  const readOnly = !useMay('admin', 'marketer') || message.archivedAt !== null
  const [person, setPerson] = useState<Found | null>(null)
  const preview = usePreview(text, person?.id ?? null)
  const problems = useMemo(() => preview.data?.problems ?? draft.problems, [preview.data, draft.problems])
  const wrong = (where: 'subject' | 'preheader') => problems.find((problem) => problem.where === where)?.message
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
      <div className="work message">
        <section className="writing" aria-label="Text">
          {message.archivedAt !== null && <Callout title="This message is put away. Take it out again in the list to change it." />}
          <div className="message-form">
            <TextField
              label="Name"
              value={name}
              disabled={readOnly}
              onChange={(event) => draft.setName(event.currentTarget.value)}
              maxLength={100}
            />
            <div className="field">
              <span className="label">Purpose</span>
              <Segmented
                label="Purpose"
                value={text.purpose}
                onChange={(purpose) => change({ purpose })}
                options={[
                  { value: 'marketing', label: 'Marketing', disabled: readOnly },
                  { value: 'transactional', label: 'Service', disabled: readOnly },
                ]}
              />
            </div>
            <p className="small muted purpose-help">{purposes[text.purpose]}</p>
            {text.purpose === 'marketing' && <TopicSelect message={message} readOnly={readOnly} />}
            <LineField
              label="Subject"
              value={text.subject}
              disabled={readOnly}
              onChange={(subject) => change({ subject })}
              error={wrong('subject')}
            />
            <LineField
              label="Preview line"
              placeholder="What mailboxes show in grey behind the subject"
              value={text.preheader}
              disabled={readOnly}
              onChange={(preheader) => change({ preheader })}
              error={wrong('preheader')}
            />
          </div>
          <SourcePane text={text} readOnly={readOnly} problems={problems} onChange={change} />
        </section>
        <PreviewPane
          preview={preview.data}
          error={preview.error}
          onRetry={() => void preview.refetch()}
          person={person}
          onPerson={setPerson}
        />
      </div>
    </div>
  )
}

/** Sends what is written now, saved or not, to whoever writes it. */
function useTest(test: Inputs['templates']['test']) {
  const { email } = usePerson()
  const sending = useMutation(
    api.templates.test.mutationOptions({
      onSuccess: (done) => {
        if (done.result === 'failed') toast({ words: `The test was not sent. ${done.why}`, bad: true })
        else if (done.result === 'sent') toast({ words: `A test is on its way to ${email}.` })
        else toast({ words: 'No mail server is set, so the test is kept in the Outbox under Tests.' })
      },
      onError: (error) => toast({ words: problemWords(error), bad: true }),
    }),
  )
  return { busy: sending.isPending, send: () => sending.mutate(test) }
}
