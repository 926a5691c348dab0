import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type Answers, api } from '../../shell/api.ts'
import { useMay } from '../../shell/person.ts'
import { Callout } from '../../ui/callout.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { MailFrame } from '../../ui/mail-frame.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { SkeletonText } from '../../ui/skeleton.tsx'
import { type Found, PersonPicker } from './person-picker.tsx'
import { useLast } from './use-last.ts'

type Preview = Answers['templates']['preview']
type View = 'desktop' | 'mobile' | 'text'

type Props = {
  preview: Preview | undefined
  error: unknown
  onRetry: () => void
  person: Found | null
  onPerson: (person: Found | null) => void
}

/** How the mail looks in the mailbox of somebody chosen. */
export function PreviewPane({ preview, error, onRetry, person, onPerson }: Props) {
  const [view, setView] = useState<View>('desktop')
  const sender = useQuery(api.workspace.settings.queryOptions(undefined, { staleTime: 60_000 }))
  const mail = useLast(preview?.mail)
  const stale = preview?.mail === null
  return (
    <section className="preview" aria-label="Preview">
      <div className="preview-bar">
        <PersonPicker person={person} onPick={onPerson} />
        <Segmented
          label="Shown as"
          size="small"
          value={view}
          onChange={setView}
          options={[
            { value: 'desktop', label: 'Desktop', icon: <IconDeviceDesktop size={14} stroke={1.75} /> },
            { value: 'mobile', label: 'Mobile', icon: <IconDeviceMobile size={14} stroke={1.75} /> },
            { value: 'text', label: 'Text' },
          ]}
        />
      </div>
      {stale && mail && <p className="preview-stale small">As it was before the mistake. It is made anew once that is corrected.</p>}
      {preview && <Notes preview={preview} person={person} />}
      <div className="preview-stage">
        {mail ? (
          <div className="preview-mail" data-view={view} data-stale={stale || undefined}>
            <header>
              <p className="small faint clip">{sender.data?.senderName || sender.data?.name}</p>
              <h2>{mail.subject}</h2>
            </header>
            {view === 'text' ? (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard
              <pre tabIndex={0}>{mail.text}</pre>
            ) : (
              <MailFrame label="The mail" html={mail.html} width={view === 'mobile' ? 375 : undefined} />
            )}
          </div>
        ) : error ? (
          <FailedFrame what="The preview" error={error} onRetry={onRetry} />
        ) : preview ? (
          <p className="preview-none">The preview is back once the mistakes are corrected.</p>
        ) : (
          <div className="preview-none">
            <SkeletonText lines={6} />
          </div>
        )}
      </div>
    </section>
  )
}

/** What the author should know beside the picture. */
function Notes({ preview, person }: { preview: Preview; person: Found | null }) {
  // What is noticed lies in settings that only an admin changes.
  const admin = useMay('admin')
  const { notices, missing, unknown, droppedLinks } = preview
  const strange = unknown.map((one) => one.message)
  const empty = missing.filter((name) => !unknown.some((one) => one.variable === name)).map((name) => name.replace(/^contact\./, ''))
  const whose = person ? person.name || person.key : 'nobody in particular'
  return (
    <div className="preview-notes">
      {notices.map((notice) => (
        <Callout key={notice} tone="warn" title={notice}>
          {admin && <Link to="/settings/workspace">Open the settings of the workspace</Link>}
        </Callout>
      ))}
      {strange.map((message) => (
        <Callout key={message} tone="warn" title={message} />
      ))}
      {empty.length > 0 && (
        <Callout title={`Empty for ${whose}: ${empty.join(', ')}`}>
          What to write instead goes behind the field: {'{{ contact.first_name | default: "there" }}'}
        </Callout>
      )}
      {droppedLinks.length > 0 && (
        <Callout tone="warn" title={`Not a web address: ${droppedLinks.map((link) => (link === '' ? '(empty)' : link)).join(', ')}`}>
          These links lead nowhere in the mail. Begin them with https://.
        </Callout>
      )}
    </div>
  )
}
