const WORDS: Readonly<Record<string, string>> = {
  inside: 'was inside already',
  'not-again': 'had been in before, and nobody comes in twice',
  'not-yet': 'left too short a time ago',
  'too-often': 'had been in as often as the flow allows',
  historic: 'the event was old or imported',
  'not-in-roll-out': 'is not in the roll-out yet',
}

/** Why somebody who matched was not let in. */
export const notLetInWords = (why: string): string => WORDS[why] ?? 'the flow did not let them in'
