import {
  type AuditAction,
  addNotifications,
  appendAudit,
  cancelLaunch,
  dueLaunches,
  endReview,
  flowById,
  type Handle,
  type LaunchRow,
  listUsers,
  lockFlow,
  openReview,
  planLaunch,
  type Sql,
  settleLaunch,
} from '@baton/db'
import { planHash } from '@baton/engine'
import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { fail } from '../errors.ts'
import { catalogToCheck } from './beside.ts'
import { checkDraft } from './contained.ts'
import { answersInput, mustBePlanned } from './migration.ts'
import { isSame, publish } from './publish.ts'
import { mustBeApproved, mustBeSimulated } from './review.ts'

const DAY = 86_400_000
/** Nobody knows so far ahead what a draft will do. */
const AHEAD = 366 * DAY
/** Later than this after its instant is said: the server was not running. */
const LATE = 10 * 60_000
const GONE = 'This flow is not there any more. Go back to the list.'

const key = z.string().min(1).max(100)
export const reason = z
  .string()
  .trim()
  .min(3, 'Say in a few words why it may stand.')
  .max(500, 'A reason has at most 500 letters. Shorten it.')

/** What is chosen before a draft goes live, now or at an instant. */
export const publishChoice = z.object({
  id: z.string().min(1).max(64),
  rev: z.number().int().min(0),
  enrolMatching: z.boolean(),
  share: z.number().min(0).max(1).optional(),
  reasons: z.record(key, reason).optional(),
  notes: z.string().trim().max(1000, 'A note has at most 1,000 letters. Shorten it.').optional(),
  people: z.object({ answers: answersInput, confirmed: z.number().int().min(0).optional() }).optional(),
})
type PublishChoice = z.infer<typeof publishChoice>

interface Deed {
  user: { id: string; name: string }
  now: number
}

/**
 * Makes the draft the live version, with all that the workspace asks for: checks, reasons, a simulation, approvals, a plan for those inside.
 * @param settle done with it in one go; nothing is published where it says no
 * @throws Settled then
 */
export async function publishNow(
  db: Handle,
  input: PublishChoice,
  { user, now }: Deed,
  settle: (tx: Sql, version: number) => Promise<boolean> = async () => true,
): Promise<{ version: number; scans: string[] }> {
  const catalog = await catalogToCheck(db)
  const { people, ...rest } = input
  const draft = await flowById(db, input.id)
  // A draft that was saved meanwhile is refused below, whatever was planned for it.
  const meant = draft && draft.draftRev === input.rev
  if (meant) await mustBeSimulated(db, draft)
  const migration = meant && people ? await mustBePlanned(db, draft, people, catalog, now) : undefined
  return db.transaction(async (tx) => {
    await lockFlow(tx, input.id)
    const flow = await flowById(tx, input.id)
    // Of a draft that somebody else has published or archived meanwhile the review is over: that is said below, not that an approval lacks.
    const approval = flow && flow.status !== 'archived' && !isSame(flow) ? await mustBeApproved(tx, flow) : undefined
    const made = await publish(tx, { ...rest, approvedBy: approval?.given, migration }, catalog, { user, now })
    await endReview(tx, input.id, 'published', now)
    if (!(await settle(tx, made.version))) throw new Settled()
    return made
  })
}

/** Somebody else was first: nothing of it is kept. */
class Settled extends Error {
  override name = 'Settled'
}

/** Plans that the draft as it is now goes live at an instant. @throws PRECONDITION_FAILED when it could not run at all */
export async function planAt(db: Handle, { dueAt, ...input }: PublishChoice & { dueAt: number }, { user, now }: Deed): Promise<void> {
  const flow = await flowById(db, input.id)
  if (!flow) throw fail('NOT_FOUND', GONE)
  if (flow.status === 'archived') throw fail('CONFLICT', 'This flow is archived. Take it out of the archive first.')
  if (flow.draftRev !== input.rev) throw fail('CONFLICT', 'The draft was changed meanwhile. Look at it again, then plan its launch.')
  if (dueAt <= now) throw fail('BAD_REQUEST', 'This time has passed. Choose a later one, or publish now.')
  if (dueAt > now + AHEAD) throw fail('BAD_REQUEST', 'Choose a time within a year.')
  const { issues } = await checkDraft(db, flow, await catalogToCheck(db), { now: dueAt })
  const error = issues.find((it) => it.severity === 'error')
  if (error) throw fail('PRECONDITION_FAILED', `Not planned: ${error.say}`)
  await db.transaction(async (tx) => {
    await planLaunch(tx, { flowId: flow.id, dueAt, hash: planHash(flow.draft), rev: flow.draftRev, input, by: user, at: now })
    await note(tx, flow.id, 'flow.launch-planned', { at: new Date(dueAt).toISOString() }, { user, now })
  })
}

/** Calls it off. @throws CONFLICT when nothing waits */
export async function callOff(db: Handle, flowId: string, { user, now }: Deed): Promise<void> {
  await db.transaction(async (tx) => {
    if (!(await cancelLaunch(tx, { flowId, by: user, at: now }))) throw fail('CONFLICT', 'No launch is planned any more. Reload the page.')
    await note(tx, flowId, 'flow.launch-cancelled', {}, { user, now })
  })
}

/** A launch that did not go live, to be told to somebody by mail. */
export interface RefusedLaunch {
  to: { email: string; name: string }
  flowId: string
  flowName: string
  text: string
}

/**
 * Carries out every launch whose instant has come, each once, also after a time in which nothing ran. What may not go live is told to whoever
 * planned it and to those who looked at it, at the bell and by mail: it happens while nobody sits at a screen. @returns the flows that went live
 */
export async function carryOutLaunches(
  db: Handle,
  now: number,
  mail: (refused: RefusedLaunch) => Promise<void> = async () => {},
): Promise<string[]> {
  const live: string[] = []
  for (const launch of await dueLaunches(db, now)) {
    const why = await launched(db, launch, now)
    if (why === null) live.push(launch.flowId)
    else if (why !== undefined) await refuse(db, launch, why, now, mail)
  }
  return live
}

/** @returns null: it went live; undefined: somebody else was first; else why it may not */
async function launched(db: Handle, launch: LaunchRow, now: number): Promise<string | null | undefined> {
  const user = { id: launch.byId, name: launch.byName }
  try {
    const flow = await flowById(db, launch.flowId)
    if (!flow) return undefined
    const who = (await listUsers(db)).find((it) => it.id === user.id)
    if (!who?.active || (who.role !== 'admin' && who.role !== 'marketer')) return `${user.name} may not publish any more.`
    if (planHash(flow.draft) !== launch.hash) return `The draft was changed since ${user.name} planned this.`
    const input = publishChoice.parse(launch.input)
    const made = await publishNow(db, { ...input, rev: flow.draftRev }, { user, now }, (tx, version) =>
      settleLaunch(tx, { id: launch.id, at: now, version }),
    )
    const how = now - launch.dueAt > LATE ? 'went live, later than planned: the server was not running then' : 'went live as planned'
    await tell(db, launch, `Version ${made.version} of ${flow.name} ${how}.`, now)
    return null
  } catch (error) {
    if (error instanceof Settled) return undefined
    // What a person can read is why it may not; anything else is tried again.
    if (error instanceof TRPCError && error.code !== 'INTERNAL_SERVER_ERROR') return error.message.replace(/^Not published: /, '')
    throw error
  }
}

async function refuse(
  db: Handle,
  launch: LaunchRow,
  why: string,
  now: number,
  mail: (refused: RefusedLaunch) => Promise<void>,
): Promise<void> {
  const user = { id: launch.byId, name: launch.byName }
  const flow = await flowById(db, launch.flowId)
  const done = await db.transaction(async (tx) => {
    if (!(await settleLaunch(tx, { id: launch.id, at: now, why }))) return false
    await note(tx, launch.flowId, 'flow.launch-refused', { why }, { user, now })
    return true
  })
  if (!done) return
  const flowName = flow?.name ?? 'A flow'
  const text = `${flowName} did not go live as planned: ${why} ${WHAT_TO_DO}`
  const all = await concerned(db, launch)
  for (const userId of all) await tell(db, launch, text, now, userId)
  // The bell is written for everybody before the first mail: a mail server that hangs keeps nobody from it.
  for (const to of await listUsers(db)) if (to.active && all.has(to.id)) await mail({ to, flowId: launch.flowId, flowName, text })
}

const WHAT_TO_DO = 'Open the flow, mend that, and publish it or plan it anew.'

/** Whoever planned a launch, asked for the review of what was to go live, or was asked for it or answered; each once. */
async function concerned(db: Handle, { flowId, byId }: LaunchRow): Promise<ReadonlySet<string>> {
  const review = await openReview(db, flowId)
  return new Set([byId, ...(review ? [review.askedBy, ...review.reviewers.map((it) => it.userId)] : [])])
}

/** Somebody is told, once; whoever planned it where nobody else is named. */
const tell = (db: Handle, { id, byId, flowId }: LaunchRow, text: string, now: number, userId = byId) =>
  addNotifications(db, [{ id: `launch ${id}${userId === byId ? '' : ` ${userId}`}`, userId, at: now, text, contactId: null, flowId }])

const note = (tx: Sql, id: string, action: AuditAction, detail: Record<string, unknown>, { user, now }: Deed) =>
  appendAudit(tx, { at: now, actor: user, action, subject: { kind: 'flow', id }, detail })
