/** Went on to the first step of the flow inside, or came back out of it by one of its exits. */
export type SubFlowReason =
  | { code: 'sub-flow.entered'; flowId: string; version: number }
  | { code: 'sub-flow.left'; flowId: string; version: number; exit: string }
