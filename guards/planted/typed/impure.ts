const { now } = Date
export const at: number = now()
export const chance: number = Math.random()
export const today: Date = new Date()
