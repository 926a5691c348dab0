import { saveTemplate } from '@baton/db'
import type { InboxItem } from '@baton/engine'
import { buildGraph } from '@baton/engine/testing'
import { expect, test } from 'vitest'
import { onBoth, START } from '../runner/programme.ts'
import { openPost, text } from './post.ts'

onBoth(
  'mail of a flow',
  (open) => {
    test('says what its own passage carries, also when that is over: each business object its own, and each entry', async () => {
      const world = await open()
      const post = await openPost(world, null)
      const subject = 'Order {{ carried.order }}: {{ carried.code }}, {{ carried.amount }}{{ carried.nothing }}'
      const change = { id: post.template, name: 'Guide', text: { ...text, subject }, from: 1, by: 'usr_test', at: START }
      await world.handle.transaction((tx) => saveTemplate(tx, change))
      await world.flow('flw_orders', {
        ...buildGraph(
          [
            ['in', 'trigger', { on: { kind: 'event', type: 'ordered', where: [], key: 'order', keep: ['order', 'code', 'amount'] }, v: 2 }],
            ['mail', 'send-email', { templateId: post.template }],
            ['out', 'exit', { label: 'Done' }],
          ],
          ['in.out>mail', 'mail.sent>out'],
        ),
        settings: { reentry: { when: 'always' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
      })
      await world.person('zoe@example.com', { fields: { email: 'zoe@example.com' }, consent: { marketing: true } })
      const orders: [string, string, number][] = [
        ['A', 'first', 10],
        ['B', 'other', 20.5],
        ['A', 'again', 30],
      ]
      for (const [i, [order, code, amount]] of orders.entries()) {
        const at = world.clock.now()
        const event = { id: `o${i}`, type: 'ordered', props: { order, code, amount }, occurredAt: at, receivedAt: at }
        await world.tell('zoe@example.com', { kind: 'event', at, event } satisfies InboxItem)
        await world.runner.drainUntilIdle()
      }
      await post.delivery.deliverDue()
      expect((await post.mails()).map((it) => it.subject)).toEqual(['Order A: first, 10', 'Order B: other, 20.5', 'Order A: again, 30'])
    })
  },
  ['spread'],
)
