/** A flow to walk through: a webinar, a mail, a wait for a click, a question, sales. */

const company = (value: string) => ({ combinator: 'and', rules: [{ subject: { kind: 'field', key: 'company' }, op: 'contains', value }] })

const steps: readonly (readonly [id: string, type: string, x: number, y: number, data: object])[] = [
  [
    'came',
    'trigger',
    0,
    0,
    { v: 2, on: { kind: 'event', type: 'webinar.attended', where: [{ key: 'minutes', op: 'ge', value: 10 }], key: null, keep: [] } },
  ],
  ['mail', 'send-email', 0, 96, { v: 2, name: 'Send the recording', templateId: 'tpl_recording', ifNotSent: { do: 'port' } }],
  [
    'wait',
    'wait',
    0,
    216,
    {
      v: 2,
      name: 'Wait for a click',
      slot: 1,
      until: {
        kind: 'event',
        branches: [{ id: 'clicked', name: 'Clicked', match: { kind: 'event', type: 'mail.clicked', where: [] } }],
        timeOut: { amount: 3, unit: 'days' },
      },
    },
  ],
  ['points', 'score', -130, 344, { v: 1, dimension: 'engagement', points: 20 }],
  ['big', 'branch', -130, 440, { v: 1, name: 'Is it a carrier', cases: [{ id: 'yes', name: 'A carrier', when: company('logistics') }] }],
  [
    'sales',
    'hand-to-sales',
    -400,
    584,
    { v: 1, teamId: 'team_desk', why: 'Clicked after the webinar', note: '', fields: ['company', 'job_title'] },
  ],
  ['yes', 'exit', -420, 744, { v: 1, label: 'With sales', finished: true }],
  ['no', 'exit', -160, 744, { v: 1, label: 'Back to nurture', finished: false }],
  ['later', 'exit', 160, 584, { v: 1, label: 'Not now', finished: false }],
]

const ways = [
  'came.out>mail',
  'mail.sent>wait',
  'mail.not-sent>later',
  'wait.clicked>points',
  'wait.time-out>later',
  'points.out>big',
  'big.yes>sales',
  'big.otherwise>later',
  'sales.accepted>yes',
  'sales.rejected>no',
  'sales.overflow>no',
]

const BODY = `<mjml><mj-body><mj-section><mj-column>
<mj-text>Good morning {{ contact.first_name }}, here is the recording for {{ contact.company }}. Made on {{ 'now' | date: '%d.%m.%Y' }}.</mj-text>
<mj-button href="https://ledgerline.example/recording">Watch it</mj-button>
</mj-column></mj-section><mj-raw>{{ footer }}</mj-raw></mj-body></mjml>`

export const FLOW = 'flw_walk'

/** The flow with its mail and its team, as a file that can be brought in. */
export const WALK_BUNDLE = {
  flows: [
    {
      id: FLOW,
      name: 'After the webinar',
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
  templates: [{ id: 'tpl_recording', name: 'Recording', subject: 'The recording, {{ contact.first_name }}', body: BODY }],
  teams: [{ id: 'team_desk', name: 'Desk', members: 1 }],
}
