import { remindOfReviews } from '@baton/api'
import type { MailTransport } from '@baton/connect'
import { workspaceSettings } from '@baton/db'
import { sendLetter } from '../deliver/letter.ts'
import type { Logger } from '../log.ts'
import type { Chore } from './registry.ts'

/** Tells both sides when an agreement is to be reviewed. Without a mail server the bell alone does. */
export const agreementReviews = ({
  transport,
  baseUrl,
  log,
}: {
  transport: MailTransport | null
  baseUrl: string
  log: Logger
}): Chore => ({
  name: 'agreement-reviews',
  cron: '0 * * * *',
  async run(db, now) {
    const settings = await workspaceSettings(db)
    await remindOfReviews(db, now, {
      baseUrl,
      async mail(letter) {
        const sent = await sendLetter(letter, { transport, settings, at: now })
        if (sent.result === 'failed') log.warn({ why: sent.why }, 'a reminder of a review was not mailed; it stands in the bell')
      },
    })
  },
})
