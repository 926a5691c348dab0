import { flowById, type Profile } from '@baton/db'
import { type Explanation, explain, type FlowNode, kindOf } from '@baton/engine'
import type { SignedIn } from '../context.ts'
import { fail } from '../errors.ts'
import { currentCatalog } from '../flows/catalog.ts'
import { checkDraft } from '../flows/contained.ts'
import { outlook } from './plan.ts'

export interface ToExplain {
  flowId: string
  which: 'draft' | 'live'
  node?: string | undefined
}

/** What would happen to somebody, with the steps of the version that was tried, to be named as their author named them. */
export interface Told extends Explanation {
  nodes: Pick<FlowNode, 'id' | 'type' | 'data'>[]
}

/**
 * Runs one person forward through the draft or the live version on a copy of what is known of them. Nothing is written, nothing goes out.
 * @throws PRECONDITION_FAILED when the draft could not be published, NOT_FOUND when there is no such version or person
 */
export async function explainPerson(ctx: SignedIn, person: Profile, { flowId, which, node }: ToExplain): Promise<Told> {
  const flow = await flowById(ctx.db, flowId)
  if (!flow) throw fail('NOT_FOUND', 'This flow is not there any more. Go back to the list.')
  const graph = which === 'live' ? flow.liveGraph : await publishable(ctx, flow)
  if (!graph) throw fail('NOT_FOUND', 'This flow has not been published yet. Try the draft.')
  if (node !== undefined && !graph.nodes.some((it) => it.id === node && kindOf(it.type)?.category === 'trigger')) {
    throw fail('BAD_REQUEST', 'This start is not part of the version that is tried. Choose another.')
  }
  const version = which === 'live' ? (flow.liveVersion ?? 1) : (flow.liveVersion ?? 0) + 1
  const now = ctx.clock.now()
  const ready = await outlook(ctx.db, person.id, { flowId, version, graph }, now)
  if (!ready) throw fail('NOT_FOUND', 'There is no such contact. Go back to the list.')
  const told = explain(ready.plan, ready.state, { flowId, node }, { now, seed: ready.seed })
  return { ...told, nodes: graph.nodes.map(({ id, type, data }) => ({ id, type, data })) }
}

async function publishable(ctx: SignedIn, flow: Parameters<typeof checkDraft>[1]) {
  const { issues, graph } = await checkDraft(ctx.db, flow, await currentCatalog(ctx.db))
  const error = issues.find((it) => it.severity === 'error')
  if (error) throw fail('PRECONDITION_FAILED', `This draft cannot be tried yet: ${error.say}`)
  return graph
}
