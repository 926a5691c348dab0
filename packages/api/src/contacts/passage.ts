import { appendAudit, appendItems, contactHistory, type Passage, type Profile } from '@baton/db'
import type { SignedIn } from '../context.ts'
import { fail } from '../errors.ts'

/** Which passage of somebody, by the flow and the business object (empty where there is none). */
export interface PassageRef {
  flowId: string
  key: string
}

async function openPassage(ctx: SignedIn, person: Profile, { flowId, key }: PassageRef): Promise<Passage> {
  const { passages } = await contactHistory(ctx.db, person.id)
  const open = passages.find((it) => it.flowId === flowId && it.key === key && it.endedAt === null)
  if (!open) throw fail('CONFLICT', 'This person is not in the flow any more. Reload the page.')
  return open
}

/** Takes somebody out of a flow. Mail of the flow that has not gone out is taken back. */
export async function leaveFlow(ctx: SignedIn, person: Profile, ref: PassageRef): Promise<void> {
  await openPassage(ctx, person, ref)
  await tell(ctx, person, 'remove', ref)
}

/** Tries the step again at which somebody stands still. */
export async function retryStep(ctx: SignedIn, person: Profile, ref: PassageRef): Promise<void> {
  const { parked } = await openPassage(ctx, person, ref)
  if (parked === null) throw fail('CONFLICT', 'This step does not stand still any more. Reload the page.')
  await tell(ctx, person, 'retry', ref)
}

/** Puts somebody into a flow at one of its starts, which the caller has checked. */
export async function enterFlow(ctx: SignedIn, person: Profile, ref: { flowId: string; node: string }): Promise<void> {
  await tell(ctx, person, 'enrol', { ...ref, key: '' })
}

async function tell(ctx: SignedIn, person: Profile, kind: 'remove' | 'retry', ref: PassageRef): Promise<void>
async function tell(ctx: SignedIn, person: Profile, kind: 'enrol', ref: PassageRef & { node: string }): Promise<void>
async function tell(ctx: SignedIn, person: Profile, kind: 'remove' | 'retry' | 'enrol', ref: PassageRef & { node?: string }) {
  const at = ctx.clock.now()
  const { flowId, key, node = '' } = ref
  const source = { kind: 'user' as const, id: ctx.user.id, name: ctx.user.name }
  const item = kind === 'enrol' ? { kind, at, flowId, node, key, source } : { kind, at, flowId, key, source }
  await ctx.db.transaction(async (tx) => {
    await appendItems(tx, [{ contactId: person.id, item }])
    const subject = { kind: 'contact', id: String(person.id) }
    await appendAudit(tx, { at, actor: ctx.user, action: `contact.${kind}`, subject, detail: { flowId } })
  })
  ctx.services.nudge()
}
