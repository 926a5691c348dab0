import { describe, expect, test } from 'vitest'
import { branches, type CheckCase, end, exitAt, joins, manual, proved, sends, told, waits } from '../../testing/check.ts'

const topics = [
  { id: 'marketing', name: 'Marketing' },
  { id: 'events', name: 'Events' },
]
const templates = [
  { id: 'news', name: 'News', purpose: 'marketing' as const },
  { id: 'invite', name: 'Invitation', purpose: 'marketing' as const, topic: 'events' },
  { id: 'remind', name: 'Reminder', purpose: 'marketing' as const, topic: 'events' },
  { id: 'receipt', name: 'Receipt', purpose: 'transactional' as const },
]
const agreed = (topic: string, op = 'is') => ({ subject: { kind: 'consent' as const, topic }, op: op as 'is' })
const CODES = ['consent-refused', 'consent-unasked']
const direct = (templateId: string, more: Record<string, unknown> = {}): CheckCase => ({
  nodes: [manual, sends('m', templateId, more), end, exitAt('no')],
  ways: ['in.out>m', 'm.sent>end', ...(Object.keys(more).length > 0 ? ['m.not-sent>no'] : [])],
  catalog: { topics, templates },
})
const asked = (
  rules: readonly unknown[],
  port: 'yes' | 'otherwise',
  templateId: string,
  between: readonly CheckCase['nodes'][number][] = [],
): CheckCase => ({
  nodes: [manual, branches('b', ['yes', rules]), ...between, sends('m', templateId), end, exitAt('x')],
  ways: [
    'in.out>b',
    `b.${port}>${between[0]?.[0] ?? 'm'}`,
    `b.${port === 'yes' ? 'otherwise' : 'yes'}>x`,
    ...between.map(([id]) => `${id}.out>m`),
    'm.sent>end',
  ],
  catalog: { topics, templates },
})
const inSegment = (rules: Parameters<typeof agreed>[]): CheckCase => ({
  nodes: [joins('seg'), sends('m', 'invite'), end],
  ways: ['in.out>m', 'm.sent>end'],
  catalog: {
    topics,
    templates,
    segments: [{ id: 'seg', name: 'S', condition: { combinator: 'and', rules: rules.map((it) => agreed(...it)) } }],
  },
})

describe('E-326 mail to those who have not agreed', () => {
  test.each(
    proved('consent', [
      ['a case for those who did not', asked([agreed('marketing', 'is-not')], 'yes', 'news'), ['consent-refused m']],
      ['otherwise, behind those who did', asked([agreed('events')], 'otherwise', 'invite'), ['consent-refused m']],
      ['in its segment', { ...inSegment([['events', 'is-not']]) }, ['consent-refused m']],
      ['another topic', asked([agreed('events', 'is-not')], 'yes', 'news'), []],
      ['a transactional mail', asked([agreed('marketing', 'is-not')], 'yes', 'receipt'), []],
      ['they may have agreed meanwhile', asked([agreed('marketing', 'is-not')], 'yes', 'news', [waits('w', 3)]), []],
    ]),
  )('%s', (_, it, expected) => expect(told(it, CODES)).toEqual(expected))
})

describe('E-327 mail under a topic that nothing asks for', () => {
  const afterMail = (first: Record<string, unknown>): CheckCase => ({
    nodes: [manual, sends('a', 'remind', first), sends('m', 'invite'), end, exitAt('no')],
    ways: ['in.out>a', 'a.sent>m', 'm.sent>end', ...('ifNotSent' in first ? ['a.not-sent>no'] : [])],
    catalog: { topics, templates },
  })
  test.each(
    proved('consent', [
      ['straight from the start', direct('invite'), ['consent-unasked m']],
      ['the general topic is asked instead', asked([agreed('marketing')], 'yes', 'invite'), ['consent-unasked m']],
      ['behind a mail of that topic that tells nobody apart', afterMail({}), ['consent-unasked a', 'consent-unasked m']],
      [
        'on one of two ways',
        {
          nodes: [
            manual,
            branches('b', ['yes', [agreed('events')]], ['also', [agreed('marketing')]]),
            sends('m', 'invite'),
            end,
            exitAt('x'),
          ],
          ways: ['in.out>b', 'b.yes>m', 'b.also>m', 'b.otherwise>x', 'm.sent>end'],
          catalog: { topics, templates },
        },
        ['consent-unasked m'],
      ],
      ['a case asks', asked([agreed('events')], 'yes', 'invite'), []],
      ['the segment asks', inSegment([['events']]), []],
      ['who has not goes a way of their own', direct('invite', { ifNotSent: { do: 'port' } }), []],
      ['behind a mail of that topic that does tell them apart', afterMail({ ifNotSent: { do: 'port' } }), []],
      ['the general topic', direct('news'), []],
      ['a transactional mail', direct('receipt'), []],
    ]),
  )('%s', (_, it, expected) => expect(told(it, CODES)).toEqual(expected))
})
