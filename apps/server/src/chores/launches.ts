import { carryOutLaunches, type RefusedLaunch } from '@baton/api'
import type { MailTransport } from '@baton/connect'
import { type Handle, workspaceSettings } from '@baton/db'
import { sendLetter } from '../deliver/letter.ts'
import type { Logger } from '../log.ts'
import type { Chore } from './registry.ts'

interface LaunchPorts {
  transport: MailTransport | null
  baseUrl: string
  log: Logger
}

/** Drafts that go live at an instant. Whoever is concerned by one that may not gets a mail, besides the bell; it comes once or, where no mail server answers, not at all. */
export const launches = (ports: LaunchPorts): Chore => ({
  name: 'launch-drafts',
  cron: '* * * * *',
  async run(db, now) {
    await carryOutLaunches(db, now, (refused) => mailRefused(db, refused, now, ports))
  },
})

async function mailRefused(
  db: Handle,
  { to, flowId, flowName, text }: RefusedLaunch,
  now: number,
  { transport, baseUrl, log }: LaunchPorts,
): Promise<void> {
  const settings = await workspaceSettings(db)
  const letter = { to, subject: `${flowName} did not go live as planned`, text: `${text}\n\n${baseUrl}/flows/${flowId}` }
  const sent = await sendLetter(letter, { transport, settings, at: now })
  if (sent.result === 'failed') log.warn({ why: sent.why, flow: flowId }, 'nobody was mailed that a launch did not take place')
}
