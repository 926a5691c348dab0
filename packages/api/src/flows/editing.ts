import {
  appendAudit,
  draftAfter,
  type FlowLock,
  flowLock,
  flowLockForUpdate,
  type Handle,
  isDrawable,
  type SavedDraft,
  type Sql,
  type Tab,
  writeFlowLock,
} from '@baton/db'
import { fail } from '../errors.ts'
import { draws, LEASE, type LockDeed, lockStep, otherThan, wishOf } from './lock.ts'

/** Who draws a flow, as one page sees it. */
export interface Editing {
  /** This page draws. */
  mine: boolean
  /** Who else does; null: nobody. `you`: another page of the same person. */
  editor: { name: string; you: boolean; since: number; activeAt: number } | null
  /** Who wants the place. `mine`: this page does. `taking`: does not wait for an answer. */
  wish: { name: string; you: boolean; mine: boolean; taking: boolean } | null
  /** By the server's clock. */
  now: number
  /** The draft, where it was saved since the revision that the page knows. */
  draft: SavedDraft | null
}

/** Which page of which flow, and the revision that it shows. */
export interface Seen {
  flowId: string
  tab: string
  /** Null: it shows none, and wants none. */
  rev: number | null
}

const news = async (sql: Sql, { flowId, rev }: Seen) => (rev === null ? null : ((await draftAfter(sql, flowId, rev)) ?? null))

function viewOf(lock: FlowLock | null, who: Tab, now: number): Omit<Editing, 'draft'> {
  const other = otherThan(lock, who, now)
  const wish = wishOf(lock, now)
  return {
    mine: draws(lock, who),
    editor: other && { name: other.name, you: other.userId === who.userId, since: other.since, activeAt: other.activeAt },
    wish: wish && {
      name: wish.name,
      you: wish.userId === who.userId,
      mine: wish.tab === who.tab && wish.userId === who.userId,
      taking: wish.dueAt !== null,
    },
    now,
  }
}

interface Asker {
  db: Handle
  user: { id: string; name: string }
  now: number
}

const tabOf = ({ user }: Asker, tab: string): Tab => ({ tab, userId: user.id, name: user.name })

/** Who draws it now, without wanting to. */
export async function lookAtEditing(asker: Asker, seen: Seen): Promise<Editing> {
  const lock = await flowLock(asker.db, seen.flowId)
  return { ...viewOf(lock, tabOf(asker, seen.tab), asker.now), draft: await news(asker.db, seen) }
}

/** Carries out what a page does about who draws, and tells what came of it. @throws NOT_FOUND, also of the archive */
export async function editing(asker: Asker, seen: Seen, deed: LockDeed): Promise<Editing> {
  const { flowId, tab } = seen
  const who = tabOf(asker, tab)
  const { now } = asker
  return asker.db.transaction(async (tx) => {
    if (deed.do !== 'leave' && !(await isDrawable(tx, flowId)))
      throw fail('NOT_FOUND', 'This flow is gone or in the archive. Go back to the list.')
    const before = await flowLockForUpdate(tx, flowId)
    const { lock, takenFrom } = lockStep(before, who, deed, now)
    if (lock !== before) await writeFlowLock(tx, flowId, lock)
    if (lock && takenFrom) {
      // It is the taker's deed, also where the other only saves first and then gives the place up.
      const detail = { name: takenFrom.name, from: takenFrom.userId }
      const actor = { id: lock.userId, name: lock.name }
      await appendAudit(tx, { at: now, actor, action: 'flow.taken-over', subject: { kind: 'flow', id: flowId }, detail })
    }
    return { ...viewOf(lock, who, now), draft: await news(tx, seen) }
  })
}

/**
 * Lets a save through, and counts it as a sign of life. A page that lost its place may save again once nobody else draws: what it would
 * overwrite unseen, the revision refuses. `tab` undefined: not by the editor, e.g. by a program.
 * @throws PRECONDITION_FAILED while somebody else draws, with their name
 */
export async function mustDraw(
  tx: Sql,
  { flowId, tab, user, now }: { flowId: string; tab: string | undefined; user: Asker['user']; now: number },
) {
  const who: Tab = { tab: tab ?? '', userId: user.id, name: user.name }
  const lock = await flowLockForUpdate(tx, flowId)
  const other = otherThan(lock, who, now)
  if (other) {
    const by = other.userId === user.id ? 'You draw this flow in another window' : `${other.name} draws this flow`
    throw fail('PRECONDITION_FAILED', `${by} now. Your changes are kept here.`)
  }
  if (lock && draws(lock, who)) await writeFlowLock(tx, flowId, { ...lock, activeAt: now, expiresAt: now + LEASE })
}
