import {
  appendItems,
  type Handle,
  migrationsOf,
  moveUnderWay,
  pauseChoice,
  pauseFlow,
  prepareEvents,
  publishFlow,
  resumeFlow,
  setShare,
  startScan,
  stopFlow,
} from '@baton/db'
import { type FlowGraph, type InboxItem, type MigrationAnswer, planHash } from '@baton/engine'
import { passages } from './look.ts'
import { ANSWERED, BEGUN, drawVersion, FLOW, type Named, stepsOf } from './versions.ts'

const BY = { id: 'usr_soak', name: 'Soak' }

/** Somebody at the flow's page, and what people do meanwhile. */
export interface Hands {
  handle: Handle
  random: () => number
  named: Named
  people: readonly { id: number; key: string }[]
  now(): number
}

/** What can be done with a running flow. */
export const DEEDS = ['begin', 'answer', 'publish', 'migrate', 'revert', 'pause', 'resume', 'drain', 'leave', 'share'] as const
export type Deed = (typeof DEEDS)[number]

const among = <T>(random: () => number, all: readonly T[]): T | undefined => all[Math.floor(random() * all.length)]

/** Some of the people do something. @returns whom */
async function happens({ handle, random, people, now }: Hands, type: string): Promise<string[]> {
  const some = people.filter(() => random() < 0.5)
  const at = now()
  const items = some.map(({ id, key }): { contactId: number; item: InboxItem } => {
    const event = { id: `${type}/${key}/${at}/${random()}`, type, props: {}, occurredAt: at, receivedAt: at }
    return { contactId: id, item: { kind: 'event', at, event } }
  })
  await prepareEvents(
    handle,
    items.map(() => ({ type, occurredAt: at })),
    at,
  )
  await handle.transaction((tx) => appendItems(tx, items))
  return some.map((it) => it.key)
}

/** For every step where people stand: what becomes of them. Whose step is gone must be answered. */
async function answers({ handle, random }: Hands, graph: FlowGraph): Promise<Record<string, MigrationAnswer>> {
  const steps = stepsOf(graph)
  const at = new Set((await passages(handle)).flatMap((it) => (it.ended === null ? [it.node] : [])))
  const given = [...at].flatMap((node): [string, MigrationAnswer][] => {
    const throwOf = random()
    if (steps.includes(node) && throwOf < 0.6) return []
    if (throwOf < 0.8) return [[node, { do: 'go-on', node: among(random, steps) ?? 'end' }]]
    return [[node, { do: throwOf < 0.9 ? 'leave' : 'stay' }]]
  })
  return Object.fromEntries(given)
}

async function publish(hands: Hands, moving: boolean): Promise<void> {
  const { handle, random, named, now } = hands
  const graph = drawVersion(random, named)
  const migration = moving
    ? { answers: await answers(hands, graph), people: 0, same: 0, goOn: 0, leave: 0, stay: 0, again: 0, atOnce: 0 }
    : undefined
  await handle.transaction(async (tx) => {
    const [flow] = await tx.query<{ rev: number }>(
      'update flow set draft = $2::jsonb, draft_rev = draft_rev + 1 where id = $1 returning draft_rev as rev',
      [FLOW, JSON.stringify(graph)],
    )
    await publishFlow(tx, { id: FLOW, rev: flow?.rev ?? 0, hash: planHash(graph), notes: '', by: BY, at: now(), enrolAt: [], migration })
  })
}

/** As the page does: only while the flow runs, and nobody is being moved. */
async function revert({ handle, now }: Hands): Promise<boolean> {
  return handle.transaction(async (tx) => {
    const [flow] = await tx.query<{ status: string }>('select status from flow where id = $1', [FLOW])
    const [latest] = await migrationsOf(tx, FLOW)
    if (!latest || (flow?.status !== 'live' && flow?.status !== 'paused') || (await moveUnderWay(tx, FLOW))) return false
    await startScan(tx, { kind: 'migrate-back', flowId: FLOW, version: latest.version, by: BY, at: now() })
    return true
  })
}

/** Does it. @returns whom it lets in, and whether it could be done */
export async function does(deed: Deed, hands: Hands): Promise<{ begun: readonly string[]; done: boolean }> {
  const { handle, random, now } = hands
  const all = { id: FLOW, by: BY, at: now() }
  const done = async (work: Promise<unknown>) => ({ begun: [], done: (await work) !== false })
  switch (deed) {
    case 'begin':
      return { begun: await happens(hands, BEGUN), done: true }
    case 'answer':
      return done(happens(hands, ANSWERED))
    case 'publish':
      return done(publish(hands, false))
    case 'migrate':
      return done(publish(hands, true))
    case 'revert':
      return done(revert(hands))
    case 'pause': {
      const choice = among(random, pauseChoice)
      return done(handle.transaction((tx) => pauseFlow(tx, { ...all, choice })))
    }
    case 'resume':
      return done(handle.transaction((tx) => resumeFlow(tx, all)))
    case 'drain':
    case 'leave':
      return done(handle.transaction((tx) => stopFlow(tx, { ...all, how: deed })))
    case 'share':
      return done(handle.transaction((tx) => setShare(tx, { ...all, share: among(random, [0.25, 0.5, 1]) ?? 1, segments: [] })))
  }
}
