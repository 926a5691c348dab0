import { describe, expect, it } from 'vitest'
import { dayHead, foldVisits, happeningWords, matters, plainWords, strandOf, visitWords, weight } from './happening-words.ts'
import type { Happening } from './queries.ts'

const at = new Date(2026, 2, 13, 11, 40).getTime()
const happening = (change: Partial<Happening>): Happening => ({
  ...{ id: 'x', at, kind: 'did', type: 'Demo requested', about: 'Demo requested', by: null, detail: null, points: null, machine: false },
  ...change,
})
const text = plainWords

it.each([
  [{ kind: 'handed-over', about: 'Webinar' }, 'Handed to sales by Webinar'],
  [{ kind: 'handed-over', about: null }, 'Handed to sales'],
  [{ kind: 'assigned', by: 'Nora', about: 'North' }, 'Given to Nora of North'],
  [{ kind: 'rejected', by: 'Okafor', about: 'No need' }, 'Rejected by Okafor: No need'],
  [{ kind: 'mail', type: 'mail.sent', about: 'Recording' }, 'Got Recording'],
  [{ kind: 'mail', type: 'mail.bounced', about: null }, 'a mail came back'],
  [{ kind: 'mail', type: 'mail.teleported', about: 'R' }, 'teleported: R'],
  [{ kind: 'call', by: 'Nora' }, 'Nora reached them by phone'],
  [{ kind: 'voicemail', by: 'Nora', about: '1' }, 'Nora left a voicemail'],
  [{ kind: 'voicemail', by: 'Nora', about: '2' }, 'Nora left a voicemail, attempt 2'],
  [{ kind: 'wrote', by: 'Nora', about: 'Our call' }, 'Nora wrote Our call'],
  [{ kind: 'meeting', by: 'Nora', about: String(at) }, 'Meeting with Nora on today 11:40'],
  [{ kind: 'opportunity', about: 'Ledger' }, 'Became an opportunity: Ledger'],
  [{ kind: 'lost', by: 'Nora', about: 'Price' }, 'Lost by Nora: Price'],
  [{ kind: 'taken-back', about: 'Nora' }, 'Taken back from Nora'],
  [{ kind: 'taken-back', about: 'Nora', by: 'Maja' }, 'Taken back from Nora by Maja'],
  [{ kind: 'no-response', by: 'Maja' }, 'Back with marketing by Maja'],
  [{ kind: 'joined', about: 'Trial' }, 'Qualified again in Trial'],
  [{ kind: 'did' }, 'Demo requested'],
  [{ kind: 'told', type: 'identify' }, 'Told us who they are'],
] as const)('%j reads “%s”', (change, words) => expect(text(happeningWords(happening(change), at))).toBe(words))

describe('what matters', () => {
  it.each([
    [{ kind: 'did' }, true],
    [{ kind: 'did', machine: true }, false],
    [{ kind: 'mail', type: 'mail.sent' }, false],
    [{ kind: 'mail', type: 'mail.opened' }, false],
    [{ kind: 'mail', type: 'mail.clicked' }, true],
    [{ kind: 'mail', type: 'mail.clicked', machine: true }, false],
    [{ kind: 'told' }, false],
    [{ kind: 'rejected' }, true],
  ] as const)('%j: %s', (change, does) => expect(matters(happening(change))).toBe(does))

  it('a click by a machine is no strong sign', () => {
    expect(weight(happening({ kind: 'mail', type: 'mail.clicked' }))).toBe('strong')
    expect(weight(happening({ kind: 'mail', type: 'mail.clicked', machine: true }))).toBe('plain')
  })

  it.each([
    [{ kind: 'wrote' }, 'mail'],
    [{ kind: 'page' }, 'web'],
    [{ kind: 'voicemail' }, 'sales'],
    [{ kind: 'told' }, 'other'],
  ] as const)('%j belongs to %s', (change, strand) => expect(strandOf(happening(change))).toBe(strand))

  it('adds the points of visits that are folded', () => {
    const page = (points: number | null) => happening({ kind: 'page', about: 'Pricing', points })
    expect(foldVisits([page(500), page(null), page(1300)])[0]?.points).toBe(1800)
    expect(foldVisits([page(null), page(null)])[0]?.points).toBeNull()
  })

  it('folds visits in a row on one day, and only those', () => {
    const page = (about: string, hours: number) =>
      happening({ id: about + hours, kind: 'page', type: 'page', about, at: at - hours * 3_600_000 })
    const folded = foldVisits([
      page('Pricing', 0),
      page('Features', 1),
      happening({ at: at - 2 * 3_600_000 }),
      page('Home', 3),
      page('Home', 30),
    ])
    expect(folded.map((one) => one.visits)).toEqual([['Features', 'Pricing'], [], ['Home'], ['Home']])
  })

  it.each([
    [['Pricing'], 'Visited Pricing'],
    [['Pricing', 'Pricing', 'Pricing'], 'Visited Pricing 3 times'],
    [['Pricing', 'Visma', 'Pricing'], 'Visited Pricing, then Visma'],
    [['A', 'B', 'C'], 'Visited A, then B and 1 more page'],
    [['A', 'B', 'C', 'D'], 'Visited A, then B and 2 more pages'],
  ])('%j reads “%s”', (visits, words) => expect(text(visitWords(visits))).toBe(words))
})

it.each([
  [0, 'Today, 13 March'],
  [1, 'Yesterday, 12 March'],
  [5, 'March'],
  [20, 'February'],
  [400, '2025'],
])('%d days ago stands under “%s”', (days, head) => {
  const day = new Date(2026, 2, 13 - days, 11, 40).getTime()
  expect(dayHead(day, at)).toBe(head)
})
