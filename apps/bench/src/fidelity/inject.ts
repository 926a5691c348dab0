import type { CompiledFlow, CompiledNode, Outcome, StepScope } from '@baton/engine'
import type { Plans } from '@baton/server'

/** Bugs that a test puts into the runner's half, to see that they are found. */
export const injections = ['port', 'event', 'time-out'] as const
/** port: one step in many leaves by another port. event: one event in many never arrives. time-out: timers before what came in at their instant. */
export type Injection = (typeof injections)[number]

/** Every so many visits go wrong. */
const ONE_IN = 7

function wrongPort(node: CompiledNode, ports: readonly string[]): CompiledNode {
  if (ports.length < 2) return node
  const turned = (outcome: Outcome, { enrolment }: StepScope): Outcome => {
    if (outcome.do !== 'leave' || (enrolment.seq + enrolment.nodeSince / 60_000) % ONE_IN >= 1) return outcome
    return { ...outcome, port: ports.find((it) => it !== outcome.port) ?? outcome.port }
  }
  const { wake } = node
  return {
    ...node,
    enter: (scope) => turned(node.enter(scope), scope),
    ...(wake
      ? {
          wake: (scope, item) => {
            const outcome = wake.call(node, scope, item)
            return outcome && turned(outcome, scope)
          },
        }
      : {}),
  }
}

function wrongFlow(flow: CompiledFlow): CompiledFlow {
  const nodes = [...flow.nodes].map(([id, node]) => [id, wrongPort(node, [...(flow.next.get(id)?.keys() ?? [])])] as const)
  return { ...flow, nodes: new Map(nodes) }
}

/** The runner's plan with the bug in it, where it is one of the plan. */
export function injected(plans: Plans, inject: Injection | undefined): Plans {
  if (inject !== 'port') return plans
  return {
    async get() {
      const compiled = await plans.get()
      const flows = [...compiled.plan.flows].map(
        ([id, flow]) =>
          [
            id,
            {
              ...flow,
              entry: flow.entry && wrongFlow(flow.entry),
              versions: new Map([...flow.versions].map(([version, it]) => [version, wrongFlow(it)])),
            },
          ] as const,
      )
      return { ...compiled, plan: { ...compiled.plan, flows: new Map(flows) } }
    },
  }
}
