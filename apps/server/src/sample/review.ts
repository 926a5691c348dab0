import { askForReviewOf, commentOn, makeUsual } from '@baton/api'
import { flowById, type Handle, saveDraft } from '@baton/db'
import { addNode, connect, type FlowGraph, removeNodes } from '@baton/engine'
import { HOUR } from '@baton/leads'
import type { Staff } from './settle.ts'

/** The flow that somebody has changed, and wants others to look at. */
export const IN_REVIEW = 'flw_trial'

/** So many people are enough for a forecast to look at. */
const SAMPLE = 500

/** A shorter trial, a higher threshold, and whoever sales rejects rests for a month. */
function changed(graph: FlowGraph): FlowGraph {
  const nodes = graph.nodes.map((node) => {
    if (node.id === 'week') return { ...node, data: { ...node.data, until: { kind: 'duration', amount: 5, unit: 'days' } } }
    if (node.id !== 'ready') return node
    return { ...node, data: JSON.parse(JSON.stringify(node.data).replace('"op":"ge","value":30', '"op":"ge","value":45')) }
  })
  const place = graph.nodes.find((it) => it.id === 'not-now')?.position ?? { x: 0, y: 0 }
  const rest = {
    id: 'rest',
    type: 'wait',
    position: { x: place.x, y: place.y + 8 },
    data: { v: 2, slot: 1, name: 'Leave them alone for a month', until: { kind: 'duration', amount: 1, unit: 'months' } },
  }
  const without = addNode(removeNodes({ ...graph, nodes }, ['not-now']), rest)
  const rejected = connect(without, { id: 'sales.rejected', source: 'sales', sourceHandle: 'rejected', target: 'rest' })
  return connect(rejected, { id: 'rest.out', source: 'rest', sourceHandle: 'out', target: 'over' })
}

/** Leaves a draft that is to be reviewed: with what is different, what was said about it, and the forecast that belongs to it. `by`: whoever loads the programme, and is asked. */
export async function leaveForReview(
  db: Handle,
  { by, staff: { marta, jonas } }: { by: { id: string; name: string }; staff: Staff },
  now: number,
): Promise<void> {
  await db.transaction(async (tx) => {
    const flow = await flowById(tx, IN_REVIEW)
    if (!flow) throw new Error(`The flow ${IN_REVIEW} was not stored.`)
    const drawn = now - 26 * HOUR
    await saveDraft(tx, { id: flow.id, rev: flow.draftRev, graph: changed(flow.draft), by: marta, at: drawn })
    const note = 'A shorter trial week, a higher bar for sales, and a month of rest for those sales turns down. Can we go live on Monday?'
    await askForReviewOf(
      tx,
      { flowId: flow.id, note, reviewers: [by.id, jonas.id].filter((it) => it !== marta.id) },
      { user: marta, now: drawn + HOUR },
    )
    const on = (
      node: string | null,
      thread: string | null,
      text: string,
      user: { id: string; name: string },
      at: number,
      mentions: string[] = [],
    ) => commentOn(tx, { flowId: flow.id, thread, node, text, mentions }, { user, now: at })
    const { id } = await on('ready', null, '45 will halve what we get. Is that meant?', jonas, drawn + 3 * HOUR, [marta.id])
    await on(null, id, 'It is: two in three of those under 45 were turned down last month.', marta, drawn + 4 * HOUR)
    await on('rest', null, 'A month is right. Before, we called them again within a week.', jonas, drawn + 5 * HOUR)
  })
  await makeUsual({ db, clock: { now: () => now } }, IN_REVIEW, marta, SAMPLE)
}
