export const send = 1
export type Send = number
