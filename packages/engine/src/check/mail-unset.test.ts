import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../fixtures/index.ts'
import { buildGraph } from '../../testing/build.ts'
import { type CheckCase, end, manual, proved, sends, told } from '../../testing/check.ts'
import { checkFlow } from './check-flow.ts'

const templates = [
  { id: 'news', name: 'News', purpose: 'marketing' as const },
  { id: 'receipt', name: 'Receipt', purpose: 'transactional' as const },
]
const both = [manual, sends('n', 'news'), sends('r', 'receipt'), end]
const receipt = [manual, sends('r', 'receipt'), end]
const said = (nodes: typeof both, mailing?: { sender: boolean; postal: boolean }) => {
  const ways = nodes.slice(1).map(([id], i) => `${nodes[i]?.[0]}.${i === 0 ? 'out' : 'sent'}>${id}`)
  const catalog = { ...sampleCatalog, templates, ...(mailing ? { mailing } : {}) }
  return checkFlow(buildGraph(nodes, ways), catalog)
    .filter((it) => it.code === 'mail-unset')
    .map(({ say, ...it }) => ({ ...it, say: say.split(':')[0] }))
}
const warning = (nodes: string[], say: string) => ({ code: 'mail-unset', severity: 'warning', nodes, say, around: true })

const lacking = (mailing: { sender: boolean; postal: boolean } | undefined, templateId = 'news'): CheckCase => ({
  nodes: [manual, sends('n', templateId), end],
  ways: ['in.out>n', 'n.sent>end'],
  catalog: { templates, ...(mailing ? { mailing } : {}) },
})

describe('E-337 mail while the workspace lacks an address', () => {
  test.each(
    proved('mailUnset', [
      ['no sender', lacking({ sender: false, postal: true }), ['mail-unset n']],
      ['no sender, for a receipt', lacking({ sender: false, postal: true }, 'receipt'), ['mail-unset n']],
      ['no postal address', lacking({ sender: true, postal: false }), ['mail-unset n']],
      ['no postal address, for a receipt', lacking({ sender: true, postal: false }, 'receipt'), []],
      ['all is set', lacking({ sender: true, postal: true }), []],
      ['nothing is known of it', lacking(undefined), []],
    ]),
  )('%s', (_, it, expected) => expect(told(it, ['mail-unset'])).toEqual(expected))

  test('without a sender it is told of every mail, without a postal address of marketing mail', () => {
    expect(said(both, { sender: false, postal: true })).toEqual([warning(['n', 'r'], 'No sender address is set')])
    expect(said(both, { sender: false, postal: false })).toEqual([warning(['n', 'r'], 'No sender address and no postal address is set')])
    expect(said(both, { sender: true, postal: false })).toEqual([warning(['n'], 'No postal address is set')])
  })

  test('is silent where all is set, where nothing is known of it, and where no such mail is sent', () => {
    expect(said(both, { sender: true, postal: true })).toEqual([])
    expect(said(both)).toEqual([])
    expect(said(receipt, { sender: true, postal: false })).toEqual([])
    expect(said([manual, end], { sender: false, postal: false })).toEqual([])
  })
})
