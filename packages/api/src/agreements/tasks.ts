import { decidingOf, draftOf, type Handle, listAgreements, standing, workspaceSettings } from '@baton/db'
import { DAY, localDate } from '@baton/leads'
import type { CurrentUser } from '../context.ts'
import { REVIEW_AHEAD } from './remind.ts'

/** Something that an agreement wants of somebody: a review that is near or over, or a name under a version that the other side has signed. */
export type AgreementTask = { id: string; name: string } & (
  | { kind: 'review'; on: string; over: boolean }
  | { kind: 'sign'; version: number; signedBy: string }
)

/** What agreements want of a user now. A signature is asked of whoever may give it for the side that is missing. */
export async function agreementTasks(db: Handle, now: number, user: CurrentUser): Promise<AgreementTask[]> {
  const { zone } = await workspaceSettings(db)
  const today = localDate(now, zone)
  const until = localDate(now + REVIEW_AHEAD * DAY, zone)
  const signs = { marketing: ['marketer', 'admin'], sales: ['sales_manager', 'admin'] }
  return (await listAgreements(db)).flatMap((row): AgreementTask[] => {
    const { id, name } = row
    const deciding = decidingOf(row)
    const { reviewOn } = deciding.content
    const review: AgreementTask[] =
      deciding.inForceAt !== null && reviewOn !== null && reviewOn <= until
        ? [{ kind: 'review', id, name, on: reviewOn, over: reviewOn <= today }]
        : []
    const open = draftOf(row) ?? deciding
    const [one, ...more] = standing(open)
    if (!one || more.length > 0 || one.userId === user.id) return review
    const missing = one.side === 'sales' ? 'marketing' : 'sales'
    if (!signs[missing].includes(user.role)) return review
    return [...review, { kind: 'sign', id, name, version: open.version, signedBy: one.userName }]
  })
}
