import { flowGraph } from '@baton/engine'

const at = (x: number, y: number) => ({ x, y })
const exit = (id: string, x: number, y: number, label: string) => ({ id, type: 'exit', position: at(x, y), data: { v: 1, label } })
const rest = (id: string, x: number, y: number, amount: number) => ({
  id,
  type: 'wait',
  position: at(x, y),
  data: { v: 2, slot: 1, until: { kind: 'duration', amount, unit: 'days' } },
})

/** People let in by hand get points, are handed to sales, and come back by whatever way sales leaves them. */
export const handOffProgramme = (teamId: string, agreementId: string) =>
  flowGraph.parse({
    format: 1,
    nodes: [
      { id: 'in', type: 'trigger', position: at(0, 0), data: { v: 2, on: { kind: 'manual' } } },
      { id: 'points', type: 'score', position: at(0, 128), data: { v: 1, dimension: 'engagement', points: 20 } },
      {
        id: 'sales',
        type: 'hand-to-sales',
        position: at(0, 256),
        data: {
          v: 2,
          teamId,
          why: 'Asked for a demo',
          note: '',
          fields: ['company'],
          agreementId,
          leaveAt: 'final-outcome',
          level: { minutes: 120, remindBefore: 30 },
          redistribute: 1,
          afterBreach: 'no-response',
          queueMinutes: null,
          voicemail: { attempts: 3 },
          rejectWays: [],
          present: { mail: true, digest: true, webhook: null },
        },
      },
      exit('won', -500, 420, 'Customer'),
      rest('cool', -250, 420, 60),
      rest('recycle', 0, 420, 7),
      rest('again', 250, 420, 2),
      exit('back', 0, 560, 'Back in nurture'),
      exit('silent', 500, 420, 'Nobody answered'),
      exit('full', 750, 420, 'Nobody had room'),
      exit('unfit', 1000, 420, 'Not ready'),
    ],
    edges: [
      ['in', 'out', 'points'],
      ['points', 'out', 'sales'],
      ['sales', 'converted', 'won'],
      ['sales', 'lost', 'cool'],
      ['cool', 'out', 'sales'],
      ['sales', 'rejected', 'recycle'],
      ['recycle', 'out', 'back'],
      ['sales', 'voicemail', 'again'],
      ['again', 'out', 'sales'],
      ['sales', 'no-response', 'silent'],
      ['sales', 'overflow', 'full'],
      ['sales', 'not-qualified', 'unfit'],
    ].map(([source, sourceHandle, target]) => ({ id: `${source}.${sourceHandle}`, source, sourceHandle, target })),
  })

/** A file of the people of this story: who they are says what becomes of them. */
export const PEOPLE = [
  'E-mail;First name;Last name;Job title;Company;Country',
  ...['Ada;Winner', 'Ben;Recycled', 'Cleo;Late', 'Dan;Voicemail', 'Eve;Lost'].map((name) => {
    const first = name.split(';')[0]?.toLowerCase()
    return `${first}@${first}.example;${name};Controller;${name.split(';')[0]} Ltd;GB`
  }),
].join('\r\n')
