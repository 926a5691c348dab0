import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { type Answers, api } from '../../shell/api.ts'
import { Callout } from '../../ui/callout.tsx'
import { CopyButton } from '../../ui/copy-text.tsx'
import { DateText } from '../../ui/date-text.tsx'
import { Drawer } from '../../ui/drawer.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { MailFrame } from '../../ui/mail-frame.tsx'
import { StateDot } from '../../ui/marks.tsx'
import { Facts } from '../../ui/panel.tsx'
import { SkeletonText } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Deeds } from './deeds.tsx'
import { stateOf } from './words.ts'

type Shown = Answers['outbox']['get']['shown']
type View = 'mail' | 'text' | 'headers' | 'source'

/** One mail with exactly what is, was or would be sent. */
export function MailDrawer({ mail, onClose }: { mail: string | undefined; onClose: () => void }) {
  return (
    <Drawer title="Mail" open={mail !== undefined} onClose={onClose} width={760}>
      {mail === undefined ? null : mail.startsWith('test') ? <TestMail id={mail} /> : <RealMail id={Number(mail)} />}
    </Drawer>
  )
}

function RealMail({ id }: { id: number }) {
  const { data, error, refetch } = useQuery(api.outbox.get.queryOptions({ id }))
  if (error) return <FailedFrame what="The mail" error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonText lines={10} />
  const { row, shown } = data
  const { tone, words } = stateOf(row)
  const waits = row.status === 'queued' && row.nextAttemptAt !== null
  return (
    <Sheet
      subject={shown.mail?.subject ?? row.subject ?? row.template ?? 'Mail'}
      facts={[
        [
          'State',
          <StateDot key="s" tone={tone}>
            {words}
          </StateDot>,
        ],
        ['To', row.name === '' ? row.to : `${row.name}, ${row.to ?? 'no address'}`],
        ['Flow', row.flow ?? '–'],
        [
          'Message',
          row.template === null ? (
            'Removed'
          ) : (
            <TemplateLink key="t" id={row.templateId} name={row.template} version={row.templateVersion} />
          ),
        ],
        ['Asked for', <DateText key="a" at={row.at} style="full" />],
        ...(row.sentAt === null
          ? []
          : [[row.transport === 'outbox' ? 'Kept' : 'Sent', <DateText key="w" at={row.sentAt} style="full" />] as const]),
        ...(waits ? [['Tried next', <DateText key="n" at={row.nextAttemptAt} style="full" />] as const] : []),
        ...(row.attempts > 1 ? [['Tries', row.attempts] as const] : []),
      ]}
      shown={shown}
    >
      <Deeds mail={row} />
    </Sheet>
  )
}

const TemplateLink = ({ id, name, version }: { id: string; name: string; version: number | null }) => (
  <>
    <Link to="/templates/$templateId" params={{ templateId: id }}>
      {name}
    </Link>
    {version !== null && <span className="faint"> version {version}</span>}
  </>
)

function TestMail({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(api.outbox.test.queryOptions({ id }))
  if (error) return <FailedFrame what="The test" error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonText lines={10} />
  const { row, shown } = data
  const { tone, words } = stateOf({ ...row, held: false })
  return (
    <Sheet
      subject={row.subject}
      facts={[
        [
          'State',
          <StateDot key="s" tone={tone}>
            {words}
          </StateDot>,
        ],
        ['To', `${row.byName}, ${row.to}`],
        ['When', <DateText key="w" at={row.at} style="full" />],
      ]}
      shown={{ ...shown, notice: null }}
    >
      {row.error !== null && (
        <Callout tone="danger" title="The test was not sent">
          {row.error}
        </Callout>
      )}
    </Sheet>
  )
}

type SheetProps = { subject: string; facts: readonly (readonly [string, ReactNode])[]; shown: Shown; children: ReactNode }

function Sheet({ subject, facts, shown, children }: SheetProps) {
  const [view, setView] = useState<View>('mail')
  const { mail, notice } = shown
  return (
    <div className="mail-sheet">
      <h2>{subject}</h2>
      <Facts facts={facts} />
      {children}
      {notice !== null && <Callout title={notice} />}
      {mail && (
        <>
          <Tabs
            label="Part of the mail"
            value={view}
            onChange={setView}
            tabs={[
              { value: 'mail', label: 'Mail' },
              { value: 'text', label: 'Text part' },
              { value: 'headers', label: 'Headers' },
              { value: 'source', label: 'Source' },
            ]}
          />
          <div className="mail-part">
            {view === 'mail' && <MailFrame label="The mail" html={mail.html} />}
            {view === 'text' && <Plain text={mail.text} />}
            {view === 'headers' && (
              <div className="mail-headers">
                <Facts facts={mail.headers.map(({ name, value }) => [name, <code key={name}>{value}</code>] as const)} />
              </div>
            )}
            {view === 'source' && (
              <>
                <div className="mail-copy">
                  <CopyButton text={mail.source} />
                </div>
                <Plain text={mail.source} />
              </>
            )}
          </div>
        </>
      )}
    </div>
  )
}

// biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard
const Plain = ({ text }: { text: string }) => <pre tabIndex={0}>{text}</pre>
