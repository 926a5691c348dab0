import type { Catalog } from '../catalog.ts'
import type { FlowGraph } from '../graph/schema.ts'
import { afterOutcome } from './after-outcome.ts'
import { agreements } from './agreements.ts'
import { carriedUnset } from './carried-unset.ts'
import { caseNever } from './case-never.ts'
import { circle } from './circle.ts'
import { consent } from './consent.ts'
import { danglingEdge } from './dangling-edge.ts'
import { datePast } from './date-past.ts'
import { exitWhen } from './exit-when.ts'
import type { Issue } from './issue.ts'
import { mailUnset } from './mail-unset.ts'
import { missingReference } from './missing-reference.ts'
import { noEnd } from './no-end.ts'
import { noRecycle } from './no-recycle.ts'
import { noTrigger } from './no-trigger.ts'
import { oneClick } from './one-click.ts'
import { overCapacity } from './over-capacity.ts'
import { own } from './own.ts'
import { portOpen } from './port-open.ts'
import { pressure, pressureAcross } from './pressure.ts'
import { reliesOnOpens } from './relies-on-opens.ts'
import { sharedHandOff } from './shared-hand-off.ts'
import { type CheckContext, checkSubject, type Rule } from './subject.ts'
import { unknownKind } from './unknown-kind.ts'
import { unreachable } from './unreachable.ts'
import { wayBack } from './way-back.ts'

/** Whether the flow hangs together: a version that fails one of these cannot run. */
export const structural: readonly Rule[] = [unknownKind, danglingEdge, noTrigger, own, exitWhen, portOpen, circle, noEnd]

/** What a new version must satisfy as well; a version already live runs on without. */
export const launch: readonly Rule[] = [
  unreachable,
  missingReference,
  carriedUnset,
  caseNever,
  reliesOnOpens,
  oneClick,
  consent,
  datePast,
  noRecycle,
  wayBack,
  afterOutcome,
  agreements,
  pressure,
  pressureAcross,
  sharedHandOff,
  overCapacity,
  mailUnset,
]

/**
 * Every problem of a flow, in the order of the rules, then of the nodes. Errors stop a publish; warnings are acknowledged. SEMANTICS 10.
 * @param context what is known besides: the time, which flow it is, what a simulation came to; rules that need what is absent are silent
 */
export function checkFlow(graph: FlowGraph, catalog: Catalog, context: CheckContext = {}): readonly Issue[] {
  const subject = checkSubject(graph, catalog, context)
  return [...structural, ...launch].flatMap((rule) => rule(subject))
}
