import type { Catalog } from '../catalog.ts'
import type { FlowGraph } from '../graph/schema.ts'
import { carriedUnset } from './carried-unset.ts'
import { circle } from './circle.ts'
import { danglingEdge } from './dangling-edge.ts'
import { exitWhen } from './exit-when.ts'
import type { Issue } from './issue.ts'
import { missingReference } from './missing-reference.ts'
import { noEnd } from './no-end.ts'
import { noTrigger } from './no-trigger.ts'
import { own } from './own.ts'
import { portOpen } from './port-open.ts'
import { checkSubject, type Rule } from './subject.ts'
import { unknownKind } from './unknown-kind.ts'
import { unreachable } from './unreachable.ts'

/** Whether the flow hangs together: a version that fails one of these cannot run. */
export const structural: readonly Rule[] = [unknownKind, danglingEdge, noTrigger, own, exitWhen, portOpen, circle, noEnd]

/** What a new version must satisfy as well; a version already live runs on without. */
const launch: readonly Rule[] = [unreachable, missingReference, carriedUnset]

/** Every problem of a flow, in the order of the rules, then of the nodes. Errors stop a publish; warnings are acknowledged. SEMANTICS 10. */
export function checkFlow(graph: FlowGraph, catalog: Catalog): readonly Issue[] {
  const subject = checkSubject(graph, catalog)
  return [...structural, ...launch].flatMap((rule) => rule(subject))
}
