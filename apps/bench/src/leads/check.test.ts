import { expect, test } from 'vitest'
import { replay } from './check.ts'

const world = {
  teamId: 't',
  afterBreach: 'manager' as const,
  reps: [
    { id: 'ann', name: 'Ann', cap: 1 },
    { id: 'bob', name: 'Bob', cap: 2 },
  ],
}
const line = (text: string) => {
  const [lead = '', kind = '', repId = ''] = text.split(' ')
  return { lead: Number(lead), kind, repId: repId === '' ? null : repId }
}
const GOOD = [
  '1 created',
  '1 assigned ann',
  '2 assigned bob',
  '1 breached ann',
  '1 clawed-back ann',
  '1 assigned bob',
  '1 accepted bob',
  '2 rejected bob',
]
const TAKEN = new Map([
  [1, 'bob'],
  [2, 'bob'],
])
const judge = (lines: readonly string[], taken: ReadonlyMap<number, string> = TAKEN) => replay(lines.map(line), world, taken)

test('a log in which everything is as it must be is good', () => {
  expect(judge(GOOD)).toEqual([])
})

test.each([
  ['more leads than they may', [...GOOD.slice(0, 2), '3 assigned ann', ...GOOD.slice(2)], /ann had 2 open leads and may have 1/],
  ['two reps at once', ['1 assigned ann', '1 assigned bob', '1 accepted bob'], /was given to bob while ann had it/],
  ['the same rep again', ['1 assigned ann', '1 clawed-back ann', '1 assigned ann', '1 accepted ann'], /was given to ann twice/],
  ['both an answer and a claw-back', ['1 assigned ann', '1 accepted ann', '1 clawed-back ann'], /was clawed-back while nobody had it/],
  [
    'an answer by somebody who had it before',
    ['1 assigned ann', '1 clawed-back ann', '1 assigned bob', '1 accepted ann'],
    /accepted by ann while bob had it/,
  ],
  ['two answers', ['1 assigned ann', '1 accepted ann', '1 rejected ann'], /answered twice/],
  [
    'an answer that is not in the log',
    ['2 assigned bob', '2 accepted bob'],
    /answer of bob to lead 1 was taken, and the log says undefined/,
  ],
  ['an answer that nobody gave', [...GOOD, '9 assigned ann', '9 accepted ann'], /lead 9 was answered, and nobody was told/i],
])('finds %s', (_, lines, say) => {
  expect(judge(lines).join('; ')).toMatch(say)
})
