import type { NodeRun } from '../kind.ts'
import { branchRun } from './branch/run.ts'
import { exitRun } from './exit/run.ts'
import { goalRun } from './goal/run.ts'
import { handToSalesRun } from './hand-to-sales/run.ts'
import { listRun } from './list/run.ts'
import { notifyRun } from './notify/run.ts'
import type { NodeType } from './registry.ts'
import { scoreRun } from './score/run.ts'
import { sendEmailRun } from './send-email/run.ts'
import { splitRun } from './split/run.ts'
import { startFlowRun } from './start-flow/run.ts'
import { subFlowRun } from './sub-flow/run.ts'
import { tagRun } from './tag/run.ts'
import { throttleRun } from './throttle/run.ts'
import { triggerRun } from './trigger/run.ts'
import { updateFieldRun } from './update-field/run.ts'
import { waitRun } from './wait/run.ts'
import { webhookRun } from './webhook/run.ts'

/** What every kind does, a line each. */
export const runs = {
  [triggerRun.type]: triggerRun,
  [waitRun.type]: waitRun,
  [throttleRun.type]: throttleRun,
  [branchRun.type]: branchRun,
  [splitRun.type]: splitRun,
  [sendEmailRun.type]: sendEmailRun,
  [scoreRun.type]: scoreRun,
  [updateFieldRun.type]: updateFieldRun,
  [tagRun.type]: tagRun,
  [listRun.type]: listRun,
  [webhookRun.type]: webhookRun,
  [startFlowRun.type]: startFlowRun,
  [handToSalesRun.type]: handToSalesRun,
  [notifyRun.type]: notifyRun,
  [goalRun.type]: goalRun,
  [subFlowRun.type]: subFlowRun,
  [exitRun.type]: exitRun,
} satisfies Record<NodeType, NodeRun<unknown>>

const byType: ReadonlyMap<string, NodeRun<unknown>> = new Map<string, NodeRun<unknown>>(Object.entries(runs))

/** What nodes of a type do; undefined for a kind from a newer Baton. */
export const runOf = (type: string): NodeRun<unknown> | undefined => byType.get(type)
