import { listAudit } from '@baton/db'
import type { FlowGraph } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GRACE, LEASE } from '../src/flows/lock.ts'
import type { Role } from '../src/index.ts'
import { codeOf, KINDS, openApi, type TestApi } from './harness.ts'

const graph = (label: string): FlowGraph => ({
  format: 1,
  settings: { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' },
  nodes: [{ id: 'out', type: 'exit', position: { x: 0, y: 0 }, data: { v: 1, label, finished: true } }],
  edges: [],
})

describe.each(KINDS)('who draws a flow on %s', (kind) => {
  let api: TestApi
  beforeAll(async () => {
    api = await openApi(kind)
  })
  afterAll(() => api.close())

  /** A new flow, and pages of it: what each of them may do. */
  const house = async () => {
    const { id: flowId } = await api.as('marketer').flows.create({ name: 'Nurture' })
    const page = (role: Role, name: string) => {
      const of = api.as(role)
      const seen = { flowId, tab: `${name}-of-${flowId}`, rev: 0 }
      return {
        enter: () => of.editing.enter(seen),
        beat: (rev = 0) => of.editing.beat({ ...seen, rev }),
        look: (rev = 0) => of.editing.look({ ...seen, rev }),
        ask: () => of.editing.ask(seen),
        take: () => of.editing.take(seen),
        answer: (yes: boolean) => of.editing.answer({ ...seen, yes }),
        leave: () => of.editing.leave(seen),
        save: (rev: number, label: string) => of.flows.saveDraft({ id: flowId, rev, graph: graph(label), tab: seen.tab }),
      }
    }
    return { flowId, page }
  }

  test('the second page reads along: it sees who draws and since when, and the draft as it is saved', async () => {
    const { page } = await house()
    const [first, second, reviewer] = [page('marketer', 'first'), page('admin', 'second'), page('reviewer', 'third')]
    const since = api.clock.now()
    expect(await first.enter()).toMatchObject({ mine: true, editor: null, draft: null })
    api.clock.advance(5_000)
    expect(await second.enter()).toMatchObject({ mine: false, editor: { name: 'The marketer', you: false, since, activeAt: since } })
    await first.save(0, 'Done')
    const seen = await second.beat()
    expect(seen.editor?.activeAt).toBe(api.clock.now())
    expect(seen.draft).toMatchObject({ rev: 1, by: 'The marketer', graph: graph('Done') })
    expect((await second.beat(1)).draft).toBeNull()
    expect(await reviewer.look(1)).toMatchObject({ mine: false, editor: { name: 'The marketer' }, draft: null })
    expect(await codeOf(reviewer.enter())).toBe('FORBIDDEN')
  })

  test('a save of a page that does not draw is refused with who does, and changes nothing', async () => {
    const { flowId, page } = await house()
    const [first, second] = [page('marketer', 'first'), page('admin', 'second')]
    await first.enter()
    await expect(second.save(0, 'Mine')).rejects.toThrow('The marketer draws this flow now. Your changes are kept here.')
    expect(await codeOf(second.save(0, 'Mine'))).toBe('PRECONDITION_FAILED')
    expect(await codeOf(api.as('admin').flows.saveDraft({ id: flowId, rev: 0, graph: graph('By a program') }))).toBe('PRECONDITION_FAILED')
    await first.save(0, 'Done')
    await first.leave()
    expect(await codeOf(second.save(0, 'Mine'))).toBe('CONFLICT')
    expect((await second.save(1, 'Mine')).rev).toBe(2)
  })

  test('two windows of one person are two, and say so', async () => {
    const { page } = await house()
    const [first, second] = [page('marketer', 'first'), page('marketer', 'second')]
    await first.enter()
    expect(await second.enter()).toMatchObject({ mine: false, editor: { you: true } })
    await expect(second.save(0, 'Mine')).rejects.toThrow('You draw this flow in another window now.')
  })

  test('asked for, it is given away or not', async () => {
    const { flowId, page } = await house()
    const [first, second] = [page('marketer', 'first'), page('admin', 'second')]
    await first.enter()
    expect(await second.ask()).toMatchObject({ mine: false, wish: { mine: true, taking: false } })
    expect(await first.beat()).toMatchObject({ mine: true, wish: { name: 'The admin', mine: false, taking: false } })
    await first.answer(false)
    expect(await second.beat()).toMatchObject({ mine: false, wish: null })
    await second.ask()
    expect(await first.answer(true)).toMatchObject({ mine: false, editor: { name: 'The admin' } })
    expect(await second.beat()).toMatchObject({ mine: true, editor: null })
    expect(await listAudit(api.db, { subject: { kind: 'flow', id: flowId }, limit: 5 })).toEqual([])
  })

  test('taken over, the other saves first; it stands in the audit log', async () => {
    const { flowId, page } = await house()
    const [first, second] = [page('marketer', 'first'), page('admin', 'second')]
    await first.enter()
    await second.take()
    expect((await first.beat()).wish).toMatchObject({ name: 'The admin', taking: true })
    await first.save(0, 'The last word')
    await first.answer(true)
    expect(await second.beat()).toMatchObject({ mine: true, draft: { rev: 1, graph: graph('The last word') } })
    expect(await codeOf(first.save(1, 'Too late'))).toBe('PRECONDITION_FAILED')
    expect(await listAudit(api.db, { subject: { kind: 'flow', id: flowId }, limit: 5 })).toMatchObject([
      {
        action: 'flow.taken-over',
        actor: { id: api.users.admin.id, name: 'The admin' },
        detail: { name: 'The marketer', from: api.users.marketer.id },
      },
    ])
  })

  test('a page that does not answer loses it after the grace, and one that is gone after the lease', async () => {
    const { flowId, page } = await house()
    const [first, second] = [page('marketer', 'first'), page('admin', 'second')]
    await first.enter()
    await second.take()
    api.clock.advance(GRACE)
    expect((await second.beat()).mine).toBe(true)
    expect((await first.beat()).editor?.name).toBe('The admin')
    api.clock.advance(LEASE)
    expect((await first.enter()).mine).toBe(true)
    expect(await listAudit(api.db, { subject: { kind: 'flow', id: flowId }, limit: 5 })).toHaveLength(1)
  })

  test('of pages that open at once, one draws', async () => {
    const { page } = await house()
    const pages = ['a', 'b', 'c', 'd', 'e'].map((name) => page('marketer', `page-${name}`))
    const seen = await Promise.all(pages.map((it) => it.enter()))
    expect(seen.filter((it) => it.mine)).toHaveLength(1)
  })

  test('there is nothing to draw in the archive, nor where no flow is', async () => {
    const { flowId, page } = await house()
    await api.as('marketer').flows.archive({ id: flowId })
    expect(await codeOf(page('marketer', 'first').enter())).toBe('NOT_FOUND')
    expect(await codeOf(api.as('admin').editing.enter({ flowId: 'flw_gone', tab: 'some-page', rev: 0 }))).toBe('NOT_FOUND')
    expect(await codeOf(api.as('admin').flows.saveDraft({ id: 'flw_gone', rev: 0, graph: graph('X') }))).toBe('NOT_FOUND')
  })
})
