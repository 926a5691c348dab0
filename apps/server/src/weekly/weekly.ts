import { weeklyReport } from '@baton/api'
import type { MailTransport } from '@baton/connect'
import { type DigestTeam, digestTeams, type Handle, takeDigest, untakeDigest, workspaceSettings } from '@baton/db'
import { lastReport } from '@baton/leads'
import type { Chore } from '../chores/registry.ts'
import { sendLetter } from '../deliver/letter.ts'
import type { Logger } from '../log.ts'
import { weeklyMail } from './weekly-mail.ts'

export interface ReportPorts {
  transport: MailTransport | null
  /** The public address, for the link to the page. */
  baseUrl: string
  log: Logger
}

/**
 * Mails the weekly reports that are due. Each address gets a week once: it is taken before its mail leaves, and given back when the mail
 * certainly did not. Of several that were missed, only the latest week is mailed.
 */
export function weeklyReports(ports: ReportPorts): Chore {
  return {
    name: 'weekly-reports',
    cron: '*/5 * * * *',
    async run(db, now) {
      // Without a mail server the reports are pages only.
      if (!ports.transport) return
      const { zone } = await workspaceSettings(db)
      for (const team of await digestTeams(db)) await mailReport(db, team, { ...ports, now, zone })
    },
  }
}

async function mailReport(db: Handle, { id, name, digest }: DigestTeam, ports: ReportPorts & { now: number; zone: string }): Promise<void> {
  const due = lastReport(digest, ports.zone, ports.now)
  if (due.dueAt < digest.since) return
  const week = due.key
  const has = digest.done?.week === week ? digest.done.to : []
  const missing = digest.recipients.filter((to) => !has.includes(to))
  if (missing.length === 0) return
  const mail = weeklyMail(await weeklyReport(db, id, due), ports.baseUrl)
  for (const to of missing) {
    if (!(await takeDigest(db, { id, week, to }))) continue
    const settings = await workspaceSettings(db)
    const sent = await sendLetter({ to: { email: to, name: '' }, ...mail }, { transport: ports.transport, settings, at: ports.now })
    if (sent.result !== 'failed') continue
    ports.log.warn({ team: name, why: sent.why }, 'a weekly report was not mailed; it is tried again unless it may have left')
    if (!sent.unsure) await untakeDigest(db, { id, week, to })
  }
}
