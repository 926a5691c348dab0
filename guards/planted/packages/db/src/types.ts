export type D = number
