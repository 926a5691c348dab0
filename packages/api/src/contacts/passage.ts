import { appendAudit, appendItems, contactHistory, type Passage, type Profile, versionGraph } from '@baton/db'
import { kindOf, type PassageData } from '@baton/engine'
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
  await tell(ctx, person, { kind: 'remove', flowId: ref.flowId, key: ref.key })
}

/** Tries the step again at which somebody stands still. */
export async function retryStep(ctx: SignedIn, person: Profile, ref: PassageRef): Promise<void> {
  const { parked } = await openPassage(ctx, person, ref)
  if (parked === null) throw fail('CONFLICT', 'This step does not stand still any more. Reload the page.')
  await tell(ctx, person, { kind: 'retry', flowId: ref.flowId, key: ref.key })
}

/** Puts somebody into a flow at one of its starts, which the caller has checked; for one business object, carrying values, where given. */
export async function enterFlow(
  ctx: SignedIn,
  person: Profile,
  { flowId, node, key, data }: PassageRef & { node: string; data?: PassageData | undefined },
): Promise<void> {
  await tell(ctx, person, { kind: 'enrol', flowId, node, key, ...(data === undefined ? {} : { data }) })
}

/** Puts somebody at another step of the version they are on. What stood still goes on there. */
export async function moveTo(ctx: SignedIn, person: Profile, { flowId, key, node }: PassageRef & { node: string }): Promise<void> {
  const { version } = await openPassage(ctx, person, { flowId, key })
  const graph = await versionGraph(ctx.db, flowId, version)
  const step = graph?.nodes.find((it) => it.id === node)
  if (!step || kindOf(step.type)?.category === 'trigger') {
    throw fail('CONFLICT', `Version ${version}, which this person is on, has no such step. Choose another.`)
  }
  await tell(ctx, person, { kind: 'move', flowId, key, node })
}

type Deed = { flowId: string; key: string } & (
  | { kind: 'remove' | 'retry' }
  | { kind: 'move'; node: string }
  | { kind: 'enrol'; node: string; data?: PassageData | undefined }
)

/** Through the inbox, with who did it; the audit log says the same. */
async function tell(ctx: SignedIn, person: Profile, deed: Deed): Promise<void> {
  const at = ctx.clock.now()
  const source = { kind: 'user' as const, id: ctx.user.id, name: ctx.user.name }
  await ctx.db.transaction(async (tx) => {
    await appendItems(tx, [{ contactId: person.id, item: { ...deed, at, source } }])
    const subject = { kind: 'contact', id: String(person.id) }
    const { kind, ...detail } = deed
    await appendAudit(tx, { at, actor: ctx.user, action: `contact.${kind}`, subject, detail })
  })
  ctx.services.nudge()
}
