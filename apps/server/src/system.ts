import type { SystemFacts } from '@baton/api'
import type { Config } from './config.ts'
import { version } from './version.ts'

/** What the System page shows of this process; never a password that stands in an address. */
export function systemFacts({ config, baseUrl, startedAt }: { config: Config; baseUrl: string; startedAt: number }): SystemFacts {
  return {
    version,
    startedAt,
    database: config.database.kind === 'postgres' ? 'PostgreSQL' : 'embedded',
    mail: config.smtpUrl === null ? { to: 'outbox' } : { to: 'smtp', host: new URL(config.smtpUrl).host },
    baseUrl,
  }
}
