import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeGround, inEmpty } from './bed.ts'
import { type Compared, compare } from './round.ts'
import { HAND, joinedIn, madeIn, personOf, type Shared, sharedBundle } from './shared.ts'

const LEVEL = { level: { minutes: 120, remindBefore: 60 } }
const FINAL = { leaveAt: 'final-outcome' }
const LOOP = { voicemail: { attempts: 2 } }
/** Taken away from the step. */
const GONE = 'end'
const WAYS = { rejectWays: [{ id: 'budget', label: 'Budget', reasons: ['No budget'] }] }

const cases: readonly Shared[] = [
  { name: 'accepted is the answer to both', said: [[2, 'accepted']], left: [['accepted'], ['accepted']] },
  {
    name: 'rejected, each by the way it has for the reason',
    joining: [WAYS],
    said: [[2, 'rejected', 'No budget']],
    left: [['rejected'], ['way:budget']],
  },
  {
    name: 'the first answer for one, the outcome for the other',
    joining: [FINAL],
    said: [
      [2, 'accepted'],
      [30, 'opportunity'],
      [40, 'converted'],
    ],
    left: [['accepted'], ['converted']],
  },
  {
    name: 'the outcome for the one that made it, the first answer for the other',
    made: FINAL,
    said: [
      [2, 'accepted'],
      [40, 'lost', 'Price'],
    ],
    left: [['lost'], ['accepted']],
  },
  {
    name: 'joined after it was accepted: that is the first answer',
    made: FINAL,
    joining: [{ at: 3 }, { ...FINAL, at: 3 }],
    said: [
      [2, 'accepted'],
      [40, 'lost'],
    ],
    left: [['lost'], ['accepted'], ['lost']],
  },
  {
    name: 'given up by hand: whoever has no way for that overflows',
    made: LEVEL,
    said: [[1.5, 'no-response']],
    left: [['no-response'], ['overflow']],
  },
  { name: 'not worked in time: back to marketing, for both', made: LEVEL, left: [['no-response'], ['overflow']] },
  {
    name: 'the level is that of who made it, whatever the other says',
    joining: [{ level: { minutes: 30, remindBefore: null } }],
    said: [[6, 'accepted']],
    left: [['accepted'], ['accepted']],
  },
  { name: 'joined at the very end of the level', made: LEVEL, joining: [{ at: 2 }], left: [['no-response'], ['overflow']] },
  {
    name: 'taken back and given to the next, who accepts',
    made: { ...LEVEL, redistribute: 1 },
    said: [[3, 'accepted']],
    left: [['accepted'], ['accepted']],
  },
  { name: 'taken back from everybody', made: { ...LEVEL, redistribute: 3 }, left: [['no-response'], ['overflow']] },
  {
    name: 'taken back and left to the manager',
    made: { ...LEVEL, redistribute: 1, afterBreach: 'manager' },
    said: [[7, 'accepted']],
    left: [[], []],
  },
  {
    name: 'nobody is left for it: the manager has it',
    made: { ...LEVEL, redistribute: 2, afterBreach: 'manager' },
    reps: 1,
    left: [[], []],
  },
  {
    name: 'a call that somebody took stops the level',
    made: LEVEL,
    said: [
      [1.5, 'contacted'],
      [9, 'accepted'],
    ],
    left: [['accepted'], ['accepted']],
  },
  { name: 'nobody in the team', reps: 0, left: [['overflow'], ['overflow']] },
  {
    name: 'waits for a place, and joined in the queue',
    cap: 1,
    reps: 1,
    rival: true,
    made: { queueMinutes: 120 },
    left: [['overflow'], ['overflow']],
  },
  {
    name: 'a web address answers at the instant at which the queue is left: another lead begins, and waits',
    cap: 1,
    reps: 1,
    rival: true,
    made: { queueMinutes: 120 },
    joining: [{ at: 1, answered: 2 }],
    left: [['overflow'], []],
  },
  {
    name: 'joined at the instant at which it was made',
    joining: [{ at: 0 }, { ...FINAL, at: 0 }],
    said: [
      [2, 'accepted'],
      [9, 'converted'],
    ],
    left: [['accepted'], ['accepted'], ['converted']],
  },
  {
    name: 'given back goes to the next, and from there to nobody',
    said: [
      [2, 'given-back'],
      [3, 'given-back'],
    ],
    left: [['overflow'], ['overflow']],
  },
  {
    name: 'given back and joined while nobody has it',
    cap: 1,
    rival: true,
    joining: [{ at: 3 }],
    said: [
      [2, 'given-back'],
      [4, 'rejected'],
    ],
    left: [[], []],
  },
  {
    name: 'removed from the flow that made it: the other still hears',
    removed: [[1.5, 'made']],
    said: [[2, 'accepted']],
    left: [[GONE], ['accepted']],
  },
  { name: 'removed from the flow that joined', removed: [[1.5, 'joined']], said: [[2, 'rejected']], left: [['rejected'], [GONE]] },
  {
    name: 'removed from both: the lead stays with its rep, and is joined again',
    removed: [
      [1.5, 'made'],
      [1.5, 'joined'],
    ],
    again: [[3, 'joined']],
    said: [[4, 'accepted']],
    left: [[GONE], [GONE, 'accepted']],
  },
  {
    name: 'removed from the flow that made it, and not worked in time',
    made: LEVEL,
    removed: [[1.5, 'made']],
    left: [[GONE], ['overflow']],
  },
  {
    name: 'joins twice',
    said: [[4, 'accepted']],
    removed: [[2, 'joined']],
    again: [[3, 'joined']],
    left: [['accepted'], [GONE, 'accepted']],
  },
  {
    name: 'a new one after the first is closed',
    said: [
      [2, 'rejected'],
      [5, 'accepted'],
    ],
    again: [
      [4, 'joined'],
      [4, 'made'],
    ],
    left: [
      ['rejected', 'accepted'],
      ['rejected', 'accepted'],
    ],
  },
  {
    name: 'a voicemail is none for whoever has no loop',
    made: LOOP,
    said: [
      [2, 'voicemail'],
      [5, 'accepted'],
    ],
    left: [['voicemail', 'accepted'], ['accepted']],
  },
  {
    name: 'the last voicemail is no response, for both',
    made: LOOP,
    said: [
      [2, 'voicemail'],
      [5, 'voicemail'],
    ],
    left: [['voicemail', 'no-response'], ['overflow']],
  },
  {
    name: 'a loop of who joined is none of the lead',
    joining: [LOOP],
    said: [
      [2, 'voicemail'],
      [5, 'accepted'],
    ],
    left: [['accepted'], ['accepted']],
  },
  {
    name: 'both have a loop: the last voicemail is that of the lead',
    made: LOOP,
    joining: [{ voicemail: { attempts: 3 } }],
    said: [
      [2, 'voicemail'],
      [5, 'voicemail'],
    ],
    left: [
      ['voicemail', 'no-response'],
      ['voicemail', 'no-response'],
    ],
  },
  {
    name: 'the lead may have more voicemails than who joined says',
    made: { voicemail: { attempts: 3 } },
    joining: [{ voicemail: { attempts: 2 } }],
    said: [
      [2, 'voicemail'],
      [5, 'voicemail'],
      [8, 'accepted'],
    ],
    left: [
      ['voicemail', 'voicemail', 'accepted'],
      ['voicemail', 'voicemail', 'accepted'],
    ],
  },
  {
    name: 'joining wakes it up, with a level of its own',
    made: { ...LOOP, ...LEVEL },
    joining: [{ at: 2.5 }],
    said: [[1.5, 'voicemail']],
    left: [['voicemail', 'no-response'], ['overflow']],
  },
  {
    name: 'a level begins anew also where somebody was reached before it slept',
    made: { ...LOOP, ...LEVEL },
    joining: [{ at: 2.5 }],
    said: [
      [1, 'contacted'],
      [1.5, 'voicemail'],
    ],
    left: [['voicemail', 'no-response'], ['overflow']],
  },
  {
    name: 'nobody will be back for it: it is awake at once',
    made: { ...LOOP, ...LEVEL },
    removed: [[1.75, 'made']],
    said: [[1.5, 'voicemail']],
    left: [['voicemail'], ['overflow']],
  },
  {
    name: 'answered while it sleeps',
    made: LOOP,
    said: [
      [2, 'voicemail'],
      [3, 'rejected'],
    ],
    left: [['voicemail'], ['rejected']],
  },
]

let compared: Compared

beforeAll(async () => {
  compared = await inEmpty((handle) => compare(handle, { bundles: cases.map(sharedBundle), sending: {} }))
}, 240_000)
afterAll(closeGround)

test('nothing goes wrong with shared hand-offs besides', () => expect(compared.wrong).toEqual([]))

test.each(cases.map((it, n) => ({ ...it, n })))('a shared hand-off is the same simulated and run: $name', ({ n, left, joining = [{}] }) => {
  expect(compared.differences.filter((it) => it.contact.includes(`-${n}@`))).toEqual([])
  const leftBy = (flow: string) =>
    compared.journal.filter((it) => it.contact === personOf(n) && it.flow === flow && it.node === HAND).map((it) => it.port)
  expect([madeIn(n), ...joining.map((_, i) => joinedIn(n, i))].map(leftBy)).toEqual(left)
})
