import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../fixtures/index.ts'
import { buildGraph } from '../../testing/build.ts'
import { type CheckCase, end, joins, manual, proved, sends, told, waits } from '../../testing/check.ts'
import { checkFlow, flowDigest } from '../index.ts'

type Node = CheckCase['nodes'][number]
const cap = (count: number, hours = 168) => ({ sending: { caps: [{ count, hours }], quiet: null } })

/** Mails in a row, with a wait of so many days between each two. */
function row(mails: number, days: number, rest: Partial<CheckCase> = {}, templateId = 'tpl_recording'): CheckCase {
  const nodes: Node[] = [manual]
  const ways: string[] = []
  let last = 'in.out'
  for (let i = 0; i < mails; i++) {
    nodes.push(sends(`m${i}`, templateId), waits(`w${i}`, days))
    ways.push(`${last}>m${i}`, `m${i}.sent>w${i}`)
    last = `w${i}.out`
  }
  return { nodes: [...nodes, end], ways: [...ways, `${last}>end`], ...rest }
}
const names = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => [`m${from + i}`, `w${from + i}`]).flat()

/** A mail, a wait of a day, and again. */
const round = (more: Record<string, unknown>, days = 1): CheckCase => ({
  nodes: [
    manual,
    sends('m', 'tpl_recording', more),
    waits('w', days),
    [
      'b',
      'split',
      {
        ways: [
          { id: 'a', name: 'A', weight: 50 },
          { id: 'z', name: 'Z', weight: 50 },
        ],
        goal: null,
      },
    ],
    end,
  ],
  ways: ['in.out>m', 'm.sent>w', 'w.out>b', 'b.a>m', 'b.z>end'],
})

describe('E-333 E-334 many mails within a few days', () => {
  const event = {
    kind: 'event',
    release: 'at-once',
    timeOut: { amount: 7, unit: 'days' },
    branches: [{ id: 'x', name: '', match: { kind: 'event', type: 'page.viewed' } }],
  }
  const between = (until: Record<string, unknown>): CheckCase => ({
    nodes: [manual, sends('a', 'tpl_recording'), ['w', 'wait', { v: 2, slot: 1, until }], sends('b', 'tpl_recording'), end],
    ways: ['in.out>a', 'a.sent>w', 'w.x>b', 'w.time-out>b', 'b.sent>end'],
    catalog: cap(1),
  })
  test.each(
    proved('pressure', [
      ['six, a day apart', row(6, 1), [`pressure ${[...names(0, 5), 'm5'].join('+')}`]],
      ['more than the workspace allows', row(3, 2, { catalog: cap(2) }), [`pressure ${[...names(0, 2), 'm2'].join('+')}`]],
      [
        'within a day',
        {
          nodes: [manual, sends('a', 'tpl_recording'), waits('w', 6, 'hours'), sends('b', 'tpl_recording'), end],
          ways: ['in.out>a', 'a.sent>w', 'w.out>b', 'b.sent>end'],
          catalog: cap(1, 24),
        },
        ['pressure a+w+b'],
      ],
      ['round and round', round({}), ['pressure m+w+b']],
      ['what they wait for may come at once', between(event), ['pressure a+w+b']],
      ['five, a day apart', row(5, 1), []],
      ['six, two days apart', row(6, 2), []],
      ['exactly seven days apart', row(2, 7, { catalog: cap(1) }), []],
      ['as many as the workspace allows', row(3, 4, { catalog: cap(2) }), []],
      ['transactional mail', row(8, 1, {}, 'tpl_trial_welcome'), []],
      ['round and round, the mail but once', round({ again: { when: 'never' } }), []],
      ['round and round in a week', round({}, 2), []],
      ['held for the full time', between({ ...event, release: 'hold' }), []],
    ]),
  )('%s', (_, it, expected) => expect(told(it, ['pressure'])).toEqual(expected))

  test('a mail counts where it was sent, not behind the way of those who did not get it', () => {
    const nodes: Node[] = [manual, sends('a', 'tpl_recording', { ifNotSent: { do: 'port' } }), sends('b', 'tpl_recording'), end]
    const ways = ['in.out>a', 'a.sent>end', 'a.not-sent>b', 'b.sent>end']
    expect(told({ nodes, ways, catalog: cap(1) }, ['pressure'])).toEqual([])
    expect(told({ nodes, ways: ['in.out>a', 'a.sent>b', 'a.not-sent>end', 'b.sent>end'], catalog: cap(1) }, ['pressure'])).toEqual([
      'pressure a+b',
    ])
  })

  test('names the mails of the way, and says what becomes of them', () => {
    const { nodes, ways } = row(3, 2)
    const [issue] = checkFlow(buildGraph(nodes, ways), { ...sampleCatalog, ...cap(2) })
    expect(issue?.say).toBe(
      'Somebody can come to 3 or more mails within 7 days on this way: “Send Recording and slides”, “Send Recording and slides” and “Send Recording and slides”. The workspace lets 2 through; the others are held or left out. Put longer waits between them.',
    )
  })

  test('two thousand steps in circles come to an end', () => {
    const mails = 700
    const { nodes, ways } = row(mails, 1)
    const back = ways.map((it) => (it.endsWith('>end') ? it.replace('>end', '>m0') : it))
    expect(told({ nodes, ways: back }, ['pressure'])).toHaveLength(1)
  })
})

describe('E-335 mails of several flows', () => {
  const other = (mails: number, entrances = ['segment seg_trial joined']) => ({
    flows: [{ id: 'other', name: 'Other', version: 1, startable: false, runs: { entrances, starts: [], handsOver: false, mails } }],
  })
  const here = (mails: number, catalog: CheckCase['catalog']): CheckCase => {
    const it = row(mails, 1, { catalog })
    return { ...it, nodes: [joins('seg_trial'), ...it.nodes.slice(1)] }
  }
  test.each(
    proved('pressureAcross', [
      ['three and three', here(3, other(3)), ['pressure-across m0+w0+m1+w1+m2']],
      ['one and five', here(1, other(5)), ['pressure-across m0']],
      [
        'two others',
        here(2, { flows: [...other(2).flows, { ...other(2).flows[0], id: 'third', name: 'Third', version: 1, startable: false }] }),
        ['pressure-across m0+w0+m1'],
      ],
      ['two and three', here(2, other(3)), []],
      ['other people', here(3, other(3, ['segment seg_quiet joined'])), []],
      ['the workspace has a cap', here(3, { ...other(3), ...cap(5) }), []],
      ['this one sends none', { nodes: [joins('seg_trial'), end], ways: ['in.out>end'], catalog: other(9) }, []],
    ]),
  )('%s', (_, it, expected) => expect(told(it, ['pressure-across'])).toEqual(expected))

  test('what other flows must know of one that runs', () => {
    const { nodes, ways } = here(3, {})
    expect(flowDigest(buildGraph(nodes, ways), sampleCatalog)).toEqual({
      entrances: ['segment seg_trial joined'],
      starts: [],
      handsOver: false,
      mails: 3,
    })
  })
})
