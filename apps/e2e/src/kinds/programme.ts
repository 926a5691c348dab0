/** What is left open in the file, to be chosen on the page: who is told, and which flow begins. */
export const OPEN = { notify: 'tell', start: 'begin' } as const

type Step = readonly [id: string, type: string, place: readonly [column: number, row: number], data: object]

const did = (type: string) => ({
  combinator: 'and',
  rules: [{ subject: { kind: 'event', type, where: [], window: { kind: 'since-entering' } }, op: 'ge', value: 1 }],
})

const steps = (hook: string): readonly Step[] => [
  ['sent', 'trigger', [0, 0], { v: 2, on: { kind: 'form', formId: 'frm_demo', keep: [] } }],
  ['hand', 'trigger', [1, 0], { v: 2, on: { kind: 'manual' } }],
  [
    'chance',
    'split',
    [0, 1],
    {
      v: 1,
      ways: [
        { id: 'way-1', name: 'Called', weight: 100, holdOut: false },
        { id: 'way-2', name: 'Left alone', weight: 0, holdOut: false },
      ],
    },
  ],
  ['mark', 'tag', [0, 2], { v: 1, action: 'add', tags: ['demo'] }],
  ['list', 'list', [0, 3], { v: 1, action: 'put-on', segmentId: 'seg_demo' }],
  ['pace', 'throttle', [0, 4], { v: 1, count: 1000, per: 'hour' }],
  [
    'ask',
    'webhook',
    [0, 5],
    {
      v: 1,
      url: hook,
      body: { kind: 'chosen', fields: ['email', 'company'], scores: [], carried: [] },
      sign: 'crm-hook',
      save: [{ path: 'customer.tier', as: 'tier', type: 'text' }],
    },
  ],
  [
    'which',
    'branch',
    [0, 6],
    {
      v: 1,
      cases: [
        {
          id: 'gold',
          name: 'Gold',
          when: { combinator: 'and', rules: [{ subject: { kind: 'carried', key: 'tier', type: 'text' }, op: 'is', value: 'gold' }] },
        },
      ],
    },
  ],
  ['tell', 'notify', [0, 7], { v: 1, to: { kind: 'user', id: null }, text: '{{contact.first_name}} is {{carried.tier}} and wants a demo' }],
  ['mail', 'send-email', [0, 8], { v: 2, templateId: 'tpl_demo' }],
  [
    'wait',
    'wait',
    [0, 9],
    {
      v: 2,
      until: {
        kind: 'event',
        branches: [
          { id: 'booked', name: 'Booked', match: { kind: 'event', type: 'Demo booked', where: [] } },
          { id: 'moved', name: 'Customer', match: { kind: 'condition', when: did('Contract moved') } },
        ],
        timeOut: { amount: 3, unit: 'days' },
      },
      slot: 1,
    },
  ],
  ['won', 'goal', [2, 8], { v: 1, when: did('Contract signed'), reached: 'jump', ifNotYet: 'go-on' }],
  ['begin', 'start-flow', [2, 9], { v: 1, flowId: null, key: { from: 'none' }, pass: ['tier'] }],
  ['done', 'exit', [2, 10], { v: 1, label: 'Customer' }],
  ['over', 'exit', [0, 10], { v: 1, label: 'No answer', finished: false }],
  ['other', 'exit', [1, 7], { v: 1, label: 'Not for us', finished: false }],
]

const WAYS = [
  'sent.out>chance',
  'hand.out>chance',
  'chance.way-1>mark',
  'chance.way-2>other',
  'mark.out>list',
  'list.out>pace',
  'pace.out>ask',
  'ask.answered>which',
  'ask.failed>other',
  'which.gold>tell',
  'which.otherwise>other',
  'tell.out>mail',
  'mail.sent>wait',
  'wait.booked>begin',
  'wait.moved>begin',
  'wait.time-out>over',
  'won.reached>begin',
  'begin.out>done',
]

const body = (words: string) =>
  `<mjml><mj-body><mj-section><mj-column><mj-text>${words}</mj-text></mj-column></mj-section></mj-body></mjml>`

/** A file of another installation: a flow with nearly every kind of step, and all that it names. `hook` is the address that it calls. */
export function programme(hook: string): string {
  const nodes = steps(hook).map(([id, type, [column, row], data]) => ({ id, type, position: { x: column * 360, y: row * 144 }, data }))
  const edges = WAYS.map((way) => {
    const [source, sourceHandle, target] = way.split(/[.>]/)
    return { id: way, source, sourceHandle, target }
  })
  const settings = { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' }
  const template = (id: string, name: string, subject: string) => ({
    ...{ id, name, subject, purpose: 'marketing', topic: 'product', body: body(`${subject}, {{ contact.first_name }}.`) },
  })
  return JSON.stringify({
    format: 1,
    flows: [{ id: 'flw_demo', name: 'Demo', graph: { format: 1, nodes, edges, settings } }],
    segments: [{ id: 'seg_demo', name: 'Asked for a demo', list: true }],
    templates: [template('tpl_demo', 'Your demo', 'Your demo'), template('tpl_news', 'What is new', 'What is new')],
    topics: [{ id: 'product', name: 'Product news', description: 'What is new, once a month.' }],
    forms: [
      {
        ...{ id: 'frm_demo', name: 'Demo', title: 'See it at work', intro: '', button: 'Ask for a demo', confirm: false, mayUpdate: false },
        fields: [
          { key: 'email', label: '', required: true, placeholder: '' },
          { key: 'first_name', label: '', required: true, placeholder: '' },
          { key: 'company', label: '', required: false, placeholder: '' },
        ],
        topics: [{ topic: 'product', label: 'Tell me what is new' }],
        thanks: { kind: 'text', text: 'We will be in touch.' },
        origins: [],
      },
    ],
    secrets: ['crm-hook'],
  })
}
