export type { Ahead, OtherMail } from './agenda.ts'
export { type Played, type Player, type PlayOptions, play, playAlone } from './play.ts'
export { type ScheduledTime, scheduledTimes } from './schedules.ts'
