import type { SubFlowReason } from '../../src/state/reasons/sub-flow.ts'

/** Into the flow inside, or on behind it. */
export const recomputeSubFlow = ({ code }: SubFlowReason): string => (code === 'sub-flow.entered' ? 'in' : 'out')
