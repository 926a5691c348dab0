import { useMemo } from 'react'
import { Callout } from '../../ui/callout.tsx'
import { TextField } from '../../ui/form-field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { LineField } from './line-field.tsx'
import type { Found } from './person-picker.tsx'
import { PreviewPane } from './preview-pane.tsx'
import { SourcePane } from './source-pane.tsx'
import { TopicSelect } from './topic-select.tsx'
import type { Draft, Message } from './use-draft.ts'
import { usePreview } from './use-preview.ts'

const purposes = {
  marketing: 'News and offers: only to people who agreed, and with your postal address and a link to unsubscribe.',
  transactional: 'Part of a service somebody asked for, as a receipt is: goes out without consent. Never for news or offers.',
}

type Props = { message: Message; draft: Draft; readOnly: boolean; person: Found | null; onPerson: (person: Found | null) => void }

/** Writing at the left, how it will look at the right. */
export function Writing({ message, draft, readOnly, person, onPerson }: Props) {
  const { name, text, change } = draft
  const preview = usePreview(text, person?.id ?? null)
  const problems = useMemo(() => preview.data?.problems ?? draft.problems, [preview.data, draft.problems])
  const wrong = (where: 'subject' | 'preheader') => problems.find((problem) => problem.where === where)?.message
  return (
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
        onPerson={onPerson}
      />
    </div>
  )
}
