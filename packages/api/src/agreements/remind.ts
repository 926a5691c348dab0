import { addNotifications, type Handle, listUsers, noteReviewTold, type ReviewDue, reviewsDue, workspaceSettings } from '@baton/db'
import { DAY, localDate } from '@baton/leads'
import type { Letter } from '../mail.ts'

/** How long before a review both sides hear of it for the first time. */
export const REVIEW_AHEAD = 14

const words = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

function textOf({ name, reviewOn }: ReviewDue, today: string): string {
  const day = words.format(Date.parse(reviewOn))
  if (reviewOn > today) return `The agreement “${name}” is to be reviewed by ${day}.`
  return reviewOn === today
    ? `The agreement “${name}” is to be reviewed today.`
    : `The review of the agreement “${name}” was due on ${day}.`
}

/**
 * Tells both sides of reviews that are near, and again when they are due: with a note in the bell and by mail. Those who signed are told; where
 * none of them is here any more, every marketer and sales manager. Each is told once, by whichever process is first.
 * @returns how many agreements somebody was told of
 */
export async function remindOfReviews(
  db: Handle,
  now: number,
  { baseUrl, mail }: { baseUrl: string; mail: (letter: Letter) => Promise<unknown> },
): Promise<number> {
  const { zone } = await workspaceSettings(db)
  const today = localDate(now, zone)
  const users = (await listUsers(db)).filter((it) => it.active)
  let told = 0
  for (const due of await reviewsDue(db, { today, until: localDate(now + REVIEW_AHEAD * DAY, zone) })) {
    const signers = users.filter((it) => due.signers.includes(it.id))
    const to = signers.length > 0 ? signers : users.filter((it) => it.role === 'marketer' || it.role === 'sales_manager')
    const text = textOf(due, today)
    const first = await db.transaction(async (tx) => {
      if (!(await noteReviewTold(tx, due.id, due.mark))) return false
      await addNotifications(
        tx,
        to.map((it) => ({ id: `agreement ${due.id} ${due.mark} ${it.id}`, userId: it.id, at: now, text, contactId: null, flowId: null })),
      )
      return true
    })
    if (!first) continue
    told++
    const link = `${baseUrl}/agreements/${due.id}`
    for (const { email, name } of to)
      await mail({ to: { email, name }, subject: text.replace(/\.$/, ''), text: `${text}\n\nSee what it brought, and agree anew: ${link}` })
  }
  return told
}
