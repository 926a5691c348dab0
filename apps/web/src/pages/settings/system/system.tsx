import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { api } from '../../../shell/api.ts'
import { Callout } from '../../../ui/callout.tsx'
import { DateText } from '../../../ui/date-text.tsx'
import { spanWords } from '../../../ui/date-words.ts'
import { StateDot } from '../../../ui/marks.tsx'
import { NumberText } from '../../../ui/number-text.tsx'
import { Facts } from '../../../ui/panel.tsx'
import { SettingsHead } from '../settings-head.tsx'
import { AuditList } from './audit-list.tsx'

/** What an operator looks at: the process, its database and mail, whether it keeps up, and who changed what. */
export function System() {
  const { data } = useSuspenseQuery(api.system.info.queryOptions())
  const running = useQuery(api.home.running.queryOptions(undefined, { refetchInterval: 15_000 })).data
  return (
    <>
      <SettingsHead title="System">The server that runs this workspace.</SettingsHead>
      {data.database === 'embedded' && (
        <div style={{ marginBottom: 16 }}>
          <Callout tone="warn" title="The embedded database is for trying out">
            Everything works with it, on one machine and one process. For production, start Baton with DATABASE_URL set to a PostgreSQL.
          </Callout>
        </div>
      )}
      <Facts
        facts={[
          ['Version', data.version],
          ['Running since', <DateText key="since" at={data.startedAt} style="full" />],
          ['Address', data.baseUrl],
          ['Database', data.database === 'embedded' ? 'Embedded, for trying out' : 'PostgreSQL'],
          ['Mail', data.mail.to === 'smtp' ? `Sent through ${data.mail.host}` : 'Kept in the Outbox, nothing is sent (SMTP_URL is empty)'],
          ['Keeps up', running ? <Lag key="lag" ms={running.lagMs} /> : '…'],
          ['Mails waiting', <NumberText key="mails" value={running?.mailsWaiting} />],
        ]}
      />
      <h3 className="part">Who changed what</h3>
      <AuditList />
    </>
  )
}

/** Whether steps are taken when they are due. */
function Lag({ ms }: { ms: number }) {
  if (ms < 60_000) return <StateDot tone="ok">No lag</StateDot>
  return <StateDot tone="warn">{spanWords(ms)} behind</StateDot>
}
