import type { Basis } from './protocol.ts'

/** What a page tells a worker that plays people through a draft. `Beside`: what it needs to know beside the draft. */
export type PlayerTell<Beside, Person, Setting> =
  | { tell: 'open'; basis: Basis; beside: Beside }
  | { tell: 'people'; people: readonly Person[]; first: boolean }
  | { tell: 'run'; run: number; setting: Setting }
  | { tell: 'cancel' }

/** What such a worker tells the page. `Opened`: what it found of the draft. */
export type PlayerTold<Opened, Result> =
  | { told: 'opened'; opened: Opened }
  | { told: 'progress'; run: number; done: number }
  | { told: 'done'; run: number; result: Result }
  | { told: 'failed'; run: number; why: string }
