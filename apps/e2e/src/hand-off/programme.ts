import { flowGraph } from '@baton/engine'

const at = (x: number, y: number) => ({ x, y })
const exit = (id: string, x: number, y: number, label: string) => ({ id, type: 'exit', position: at(x, y), data: { v: 1, label } })
const rest = (id: string, x: number, y: number, amount: number) => ({
  id,
  type: 'wait',
  position: at(x, y),
  data: { v: 2, slot: 1, until: { kind: 'duration', amount, unit: 'days' } },
})

/**
 * What stands around a hand-off before it is drawn: people let in by hand get points, and the ends and rests that sales may lead to.
 * @see drawHandOff
 */
export const aroundHandOff = () =>
  flowGraph.parse({
    format: 1,
    nodes: [
      { id: 'in', type: 'trigger', position: at(0, 0), data: { v: 2, on: { kind: 'manual' } } },
      { id: 'points', type: 'score', position: at(0, 128), data: { v: 1, dimension: 'engagement', points: 20 } },
      exit('won', -432, 704, 'Customer'),
      rest('cool', -144, 704, 60),
      rest('recycle', 144, 704, 7),
      rest('again', 432, 704, 2),
      exit('silent', -432, 848, 'Nobody answered'),
      exit('full', -144, 848, 'Nobody had room'),
      exit('back', 144, 848, 'Back in nurture'),
      exit('unfit', 432, 848, 'Not ready'),
    ],
    edges: [
      ['in', 'out', 'points'],
      ['recycle', 'out', 'back'],
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
