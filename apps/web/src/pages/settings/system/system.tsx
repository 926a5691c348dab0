import { useSuspenseQuery } from '@tanstack/react-query'
import { api } from '../../../shell/api.ts'
import { Callout } from '../../../ui/callout.tsx'
import { DateText } from '../../../ui/date-text.tsx'
import { Facts } from '../../../ui/panel.tsx'
import { SettingsHead } from '../settings-head.tsx'
import { AuditList } from './audit-list.tsx'
import { Machine } from './machine.tsx'

/** What an operator looks at: the process, its database and mail, whether it keeps up, and who changed what. */
export function System() {
  const { data } = useSuspenseQuery(api.system.info.queryOptions())
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
        ]}
      />
      <h3 className="part">How it does</h3>
      <Machine />
      <h3 className="part">Who changed what</h3>
      <AuditList />
    </>
  )
}
