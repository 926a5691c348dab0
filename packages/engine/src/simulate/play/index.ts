export { type Played, type Player, type PlayOptions, play, playAlone } from './play.ts'
