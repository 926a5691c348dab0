export const r = 1
export type R = number
