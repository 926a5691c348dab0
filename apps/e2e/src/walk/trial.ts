/** A flow for people who do not exist: morning where they live, a mail, a wait for a reply, sales by telephone. */

const title = (value: string) => ({ combinator: 'and', rules: [{ subject: { kind: 'field', key: 'job_title' }, op: 'contains', value }] })

const steps: readonly (readonly [id: string, type: string, x: number, y: number, data: object])[] = [
  ['came', 'trigger', 0, 0, { v: 2, on: { kind: 'event', type: 'trial.started', where: [], key: null, keep: [] } }],
  [
    'nine',
    'wait',
    0,
    120,
    { v: 2, name: 'Until nine', slot: 1, until: { kind: 'time', time: '09:00', weekdays: [], late: { do: 'next' } } },
  ],
  ['mail', 'send-email', 0, 240, { v: 2, name: 'Ask how it goes', templateId: 'tpl_ask', ifNotSent: { do: 'port' } }],
  [
    'reply',
    'wait',
    0,
    360,
    {
      v: 2,
      name: 'Wait for a reply',
      slot: 1,
      until: {
        kind: 'event',
        branches: [{ id: 'replied', name: 'Replied', match: { kind: 'event', type: 'mail.replied', where: [] } }],
        timeOut: { amount: 5, unit: 'days' },
      },
    },
  ],
  ['who', 'branch', -200, 500, { v: 1, name: 'Who decides', cases: [{ id: 'head', name: 'A head', when: title('Head') }] }],
  [
    'sales',
    'hand-to-sales',
    -400,
    640,
    {
      v: 2,
      teamId: 'team_desk',
      why: 'Replied during the trial',
      leaveAt: 'final-outcome',
      level: { minutes: 120, remindBefore: null },
      voicemail: { attempts: 3 },
    },
  ],
  ['again', 'wait', -700, 640, { v: 2, name: 'Two days', slot: 1, until: { kind: 'duration', amount: 2, unit: 'days' } }],
  ['won', 'exit', -640, 820, { v: 1, label: 'Customer', finished: true }],
  ['silence', 'exit', -440, 820, { v: 1, label: 'Sales kept silent', finished: false }],
  ['not-now', 'exit', -240, 820, { v: 1, label: 'Not now', finished: false }],
  ['unasked', 'exit', 240, 500, { v: 1, label: 'Could not be asked', finished: false }],
]

const ways = [
  'came.out>nine',
  'nine.out>mail',
  'mail.sent>reply',
  'mail.not-sent>unasked',
  'reply.replied>who',
  'reply.time-out>not-now',
  'who.head>sales',
  'who.otherwise>not-now',
  'sales.converted>won',
  'sales.lost>not-now',
  'sales.rejected>not-now',
  'sales.no-response>silence',
  'sales.voicemail>again',
  'sales.overflow>not-now',
  'again.out>sales',
]

const BODY = `<mjml><mj-body><mj-section><mj-column>
<mj-text>Good morning {{ contact.first_name }}, how does it go?</mj-text>
</mj-column></mj-section><mj-raw>{{ footer }}</mj-raw></mj-body></mjml>`

export const TRIAL = 'flw_trial'

/** The flow with its mail and its team, as a file that can be brought in. */
export const TRIAL_BUNDLE = {
  flows: [
    {
      id: TRIAL,
      name: 'During the trial',
      graph: {
        nodes: steps.map(([id, type, x, y, data]) => ({ id, type, position: { x, y }, data })),
        edges: ways.map((way) => {
          const [source, sourceHandle, target] = way.split(/[.>]/)
          return { id: way, source, sourceHandle, target }
        }),
        settings: {},
      },
    },
  ],
  templates: [{ id: 'tpl_ask', name: 'How it goes', subject: 'How does it go, {{ contact.first_name }}?', body: BODY }],
  teams: [{ id: 'team_desk', name: 'Desk', members: 1 }],
}
