import {
  type AuditAction,
  addComment,
  addNotifications,
  answerReview,
  appendAudit,
  askForReview,
  draftEditors,
  endReview,
  type FlowRow,
  flowById,
  type Handle,
  openReview,
  possibleReviewers,
  type ReviewAnswer,
  type ReviewRow,
  resolveThread,
  reviewOf,
  type Sql,
  threadPeople,
  workspaceSettings,
} from '@baton/db'
import { planHash } from '@baton/engine'
import { fail } from '../errors.ts'
import { type Evidence, evidenceFor, mustHold } from '../simulations/evidence.ts'
import { type Approval, approvalOf } from './approval.ts'
import { landmarks } from './graph.ts'

/** Who does it and when. */
interface Deed {
  user: { id: string; name: string }
  now: number
}

const GONE = 'This flow is not there any more. Go back to the list.'

/** How a review stands: who was asked, who answered, and what is still missing before a launch. */
export interface ReviewState {
  review:
    | (Omit<ReviewRow, 'reviewers' | 'hash'> & { reviewers: (ReviewRow['reviewers'][number] & { outdated: boolean; editor: boolean })[] })
    | null
  approval: Approval
  /** Why the caller may not answer; null: they may. */
  mayNotAnswer: string | null
  /** The simulation that belongs to this draft, or to an earlier one; null: none is kept. */
  simulation: Evidence | null
  /** Who can be asked. */
  people: readonly { id: string; name: string; role: string; editor: boolean }[]
}

async function mustBeThere(sql: Sql, id: string): Promise<FlowRow> {
  const flow = await flowById(sql, id)
  if (!flow) throw fail('NOT_FOUND', GONE)
  return flow
}

/** What people have said of the draft as it is now. */
export async function approvalNow(sql: Sql, flow: Pick<FlowRow, 'id' | 'draft'>): Promise<Approval> {
  const [review, editors, people, settings] = [
    await openReview(sql, flow.id),
    await draftEditors(sql, flow.id),
    await possibleReviewers(sql),
    await workspaceSettings(sql),
  ]
  return approvalOf({
    policy: reviewOf(settings),
    people: people.length,
    handsOver: landmarks(flow.draft).handOvers.size > 0,
    editors,
    reviewers: review?.reviewers ?? [],
    hash: planHash(flow.draft),
    simulated: (await evidenceFor(sql, flow))?.fresh === true,
  })
}

/** @throws PRECONDITION_FAILED with all that is missing, where the workspace wants others to look at a draft first */
export async function mustBeApproved(sql: Sql, flow: Pick<FlowRow, 'id' | 'draft'>): Promise<Approval> {
  const approval = await approvalNow(sql, flow)
  if (approval.lacks.length > 0) throw fail('PRECONDITION_FAILED', `Not published: ${approval.lacks.join(' ')} Ask for a review.`)
  return approval
}

/**
 * Where the workspace wants a simulation, it is made again here before anybody relies on it. Not in a transaction: it takes a while.
 * @throws PRECONDITION_FAILED when it does not come to the same
 */
export async function mustBeSimulated(db: Handle, flow: FlowRow): Promise<void> {
  if (reviewOf(await workspaceSettings(db)).simulation === true) await mustHold(db, flow)
}

export async function reviewState(sql: Sql, flowId: string, user: { id: string }): Promise<ReviewState> {
  const flow = await mustBeThere(sql, flowId)
  const review = await openReview(sql, flowId)
  const editors = new Set(await draftEditors(sql, flowId))
  const hash = planHash(flow.draft)
  const { hash: _, reviewers = [], ...head } = review ?? { hash: '', reviewers: [] }
  return {
    review:
      'id' in head
        ? {
            ...head,
            reviewers: reviewers.map((it) => ({ ...it, outdated: it.answer !== null && it.hash !== hash, editor: editors.has(it.userId) })),
          }
        : null,
    approval: await approvalNow(sql, flow),
    mayNotAnswer: !review
      ? 'Nobody has asked for a review.'
      : editors.has(user.id)
        ? 'You changed this draft yourself: somebody else has to look at it.'
        : null,
    simulation: await evidenceFor(sql, flow),
    people: (await possibleReviewers(sql)).map((it) => ({ ...it, editor: editors.has(it.id) })),
  }
}

/** Asks others to look at the draft as it is now. They are told. */
export async function ask(
  tx: Sql,
  input: { flowId: string; note: string; reviewers: readonly string[] },
  { user, now }: Deed,
): Promise<void> {
  const flow = await mustBeThere(tx, input.flowId)
  const possible = new Set((await possibleReviewers(tx)).map((it) => it.id))
  const editors = new Set(await draftEditors(tx, flow.id))
  const wrong = input.reviewers.find((it) => !possible.has(it) || editors.has(it))
  if (wrong !== undefined)
    throw fail('BAD_REQUEST', 'One of them may not review this draft: they changed it, or see no flows. Choose others.')
  const { note, reviewers } = input
  const id = await askForReview(tx, {
    flowId: flow.id,
    hash: planHash(flow.draft),
    rev: flow.draftRev,
    note,
    reviewers,
    by: user.id,
    at: now,
  })
  const text = `${user.name} asks you to review ${flow.name}.${note === '' ? '' : ` “${note.slice(0, 200)}”`}`
  await tell(tx, { what: `${id} asked ${flow.draftRev}`, flowId: flow.id, to: reviewers, text }, { user, now })
  await log(tx, flow.id, 'flow.review-asked', { reviewers: reviewers.length }, { user, now })
}

/** Approves the draft as it is now, or asks for changes. `rev`: what was looked at. Whoever asked is told. */
export async function answer(
  tx: Sql,
  input: { flowId: string; rev: number; answer: ReviewAnswer; note: string },
  { user, now }: Deed,
): Promise<void> {
  const review = await openReview(tx, input.flowId, true)
  const flow = await mustBeThere(tx, input.flowId)
  if (!review) throw fail('CONFLICT', 'Nobody asks for a review any more. Reload the page.')
  if (flow.status === 'archived') throw fail('CONFLICT', 'This flow was archived meanwhile. Nobody needs to answer any more.')
  if (flow.draftRev !== input.rev) throw fail('CONFLICT', 'The draft was changed while you looked at it. Look at it again, then answer.')
  if ((await draftEditors(tx, flow.id)).includes(user.id))
    throw fail('FORBIDDEN', 'You changed this draft yourself. Somebody else has to approve it.')
  const hash = planHash(flow.draft)
  await answerReview(tx, { id: review.id, userId: user.id, answer: input.answer, hash, note: input.note, at: now })
  const words = input.answer === 'approved' ? 'approves' : 'asks for changes to'
  const text = `${user.name} ${words} ${flow.name}.${input.note === '' ? '' : ` “${input.note.slice(0, 200)}”`}`
  await tell(tx, { what: `${review.id} ${input.answer} ${user.id} ${now}`, flowId: flow.id, to: [review.askedBy], text }, { user, now })
  await log(tx, flow.id, input.answer === 'approved' ? 'flow.approved' : 'flow.changes-asked', { note: input.note }, { user, now })
}

/** Nobody needs to look at it any more. Who was asked and has not answered is told. */
export async function withdraw(tx: Sql, flowId: string, { user, now }: Deed): Promise<void> {
  const flow = await mustBeThere(tx, flowId)
  const review = await openReview(tx, flowId, true)
  if (!review) throw fail('CONFLICT', 'Nobody asks for a review any more. Reload the page.')
  const to = review.reviewers.filter((it) => it.asked && it.answer === null).map((it) => it.userId)
  const text = `${user.name} does not ask you to review ${flow.name} any more.`
  await tell(tx, { what: `${review.id} withdrawn`, flowId, to, text }, { user, now })
  await endReview(tx, flowId, 'withdrawn', now)
  await log(tx, flowId, 'flow.review-withdrawn', {}, { user, now })
}

/** Says something about the draft or a step of it. Those named in it are told, and those who spoke in the thread. */
export async function comment(
  tx: Sql,
  input: { flowId: string; thread: string | null; node: string | null; text: string; mentions: readonly string[] },
  { user, now }: Deed,
): Promise<{ id: string }> {
  const flow = await mustBeThere(tx, input.flowId)
  const possible = new Set((await possibleReviewers(tx)).map((it) => it.id))
  const mentions = input.mentions.filter((it) => possible.has(it))
  const id = await addComment(tx, { ...input, mentions, by: user.id, at: now })
  if (id === undefined) throw fail('CONFLICT', 'This thread is not there any more. Reload the page.')
  const spoke = input.thread === null ? [] : await threadPeople(tx, input.thread)
  const words = input.text.length > 200 ? `${input.text.slice(0, 199)}…` : input.text
  const text = `${user.name} on ${flow.name}: “${words}”`
  await tell(tx, { what: id, flowId: flow.id, to: [...mentions, ...spoke.filter((it) => possible.has(it))], text }, { user, now })
  return { id }
}

/** Marks a thread as resolved, or opens it again. */
export async function resolve(tx: Sql, input: { flowId: string; thread: string; resolved: boolean }, { user, now }: Deed): Promise<void> {
  if (!(await resolveThread(tx, { ...input, by: user.id, at: now })))
    throw fail('CONFLICT', 'This thread is not there any more. Reload the page.')
}

async function tell(
  tx: Sql,
  it: { what: string; flowId: string; to: readonly string[]; text: string },
  { user, now }: Deed,
): Promise<void> {
  const to = [...new Set(it.to)].filter((id) => id !== user.id)
  await addNotifications(
    tx,
    to.map((userId) => ({ id: `review ${it.what} ${userId}`, userId, at: now, text: it.text, contactId: null, flowId: it.flowId })),
  )
}

const log = (tx: Sql, id: string, action: AuditAction, detail: Record<string, unknown>, { user, now }: Deed) =>
  appendAudit(tx, { at: now, actor: user, action, subject: { kind: 'flow', id }, detail })
