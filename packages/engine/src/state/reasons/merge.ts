/** Two contacts turned out to be one. */
export type MergeReason = { code: 'merged'; into: string }
