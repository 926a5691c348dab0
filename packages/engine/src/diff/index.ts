export { diffFlows, type FlowDiff, isSameFlow, type NodeChange, touchedNodes, type ValueChange, type WayChange } from './diff.ts'
export { type DiffLine, type DiffPart, diffWords } from './words.ts'
