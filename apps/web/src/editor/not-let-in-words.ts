import type { TurnResult } from '@baton/engine'

const WORDS: Readonly<Record<TurnResult['refused'][number]['why'], string>> = {
  inside: 'was inside already',
  'not-again': 'had been in before, and nobody comes in twice',
  'not-yet': 'left too short a time ago',
  'too-often': 'had been in as often as the flow allows',
  historic: 'the event was old or imported',
  closed: 'the flow let nobody in',
  'no-match': 'did not match any more',
  'not-in-roll-out': 'is not in the roll-out yet',
}

const words: ReadonlyMap<string, string> = new Map(Object.entries(WORDS))

/** Why somebody who matched was not let in. */
export const notLetInWords = (why: string): string => words.get(why) ?? 'the flow did not let them in'
