import { type FlowGraph, flowGraph } from '@baton/engine'

export const HOUR = 3_600_000
export const FLOW = 'flw_bench'
export const START = Date.UTC(2026, 2, 2, 8)

const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data: { v: 1, ...data } })
const wait = (id: string) => node(id, 'wait', { until: { kind: 'duration', amount: 1, unit: 'hours' } })
const caseOf = (id: string, key: string, op: string, value: unknown) => ({
  id,
  name: id,
  when: { combinator: 'and', rules: [{ subject: { kind: 'field', key }, op, value }] },
})
const way = (path: string) => {
  const [source = '', sourceHandle = '', target = ''] = path.split(/[.>]/)
  return { id: path, source, sourceHandle, target }
}

/**
 * Twelve nodes as campaigns have them: three waits, two branches on fields, points, a field, a mail. Whoever enters leaves after three
 * hours; each wake-up is one turn of two to four steps.
 */
export function graph(): FlowGraph {
  return flowGraph.parse({
    nodes: [
      node('start', 'trigger', { on: { kind: 'manual' } }),
      wait('w1'),
      node('job', 'branch', {
        name: 'Job',
        cases: [caseOf('office', 'job', 'any-of', ['admin.', 'management']), caseOf('rich', 'balance', 'ge', 1500)],
      }),
      node('office', 'score', { dimension: 'fit', points: 20 }),
      node('rich', 'score', { dimension: 'fit', points: 10 }),
      wait('w2'),
      node('age', 'branch', { name: 'Age', cases: [caseOf('young', 'age', 'lt', 35)] }),
      node('mail', 'send-email', { templateId: 'tpl_bench', ifNotSent: 'skip', onSalesBehalf: false }),
      node('mark', 'update-field', { field: 'campaign', action: { do: 'set', value: 'seen' } }),
      wait('w3'),
      node('points', 'score', { dimension: 'fit', points: 5 }),
      node('end', 'exit', { label: 'Done', finished: true }),
    ],
    edges: [
      'start.out>w1',
      'w1.out>job',
      'job.office>office',
      'job.rich>rich',
      'job.otherwise>w2',
      'office.out>w2',
      'rich.out>w2',
      'w2.out>age',
      'age.young>mail',
      'age.otherwise>mark',
      'mail.sent>w3',
      'mark.out>w3',
      'w3.out>points',
      'points.out>end',
    ].map(way),
  })
}

const JOBS = ['admin.', 'blue-collar', 'management', 'retired', 'services', 'student']

/** The facts of contact `i`: the same for every system that is measured. */
export function factsOf(i: number): { email: string; job: string; balance: number; age: number } {
  return { email: `p${i}@example.com`, job: JOBS[i % JOBS.length] ?? 'services', balance: (i * 7919) % 5000, age: 18 + ((i * 31) % 60) }
}

/** What happens to a contact, turn by turn, as the graph above says: for the systems that know no graphs. */
export function turnsOf(i: number): string[][] {
  const { job, balance, age } = factsOf(i)
  const after = job === 'admin.' || job === 'management' ? ['office'] : balance >= 1500 ? ['rich'] : []
  return [['start'], ['w1', 'job', ...after], ['w2', 'age', age < 35 ? 'mail' : 'mark'], ['w3', 'points', 'end']]
}

/** What a step writes beside its journal line. */
export const writes = (name: string): 'ledger' | 'send' | 'contact' | undefined =>
  name === 'office' || name === 'rich' || name === 'points' ? 'ledger' : name === 'mail' ? 'send' : name === 'mark' ? 'contact' : undefined

/** How many rows of each kind `contacts` people leave behind. */
export function written(contacts: number): { sends: number; points: number; marked: number } {
  const all = Array.from({ length: contacts }, (_, i) => turnsOf(i).flat().map(writes)).flat()
  const of = (kind: ReturnType<typeof writes>) => all.filter((it) => it === kind).length
  return { sends: of('send'), points: of('ledger'), marked: of('contact') }
}
