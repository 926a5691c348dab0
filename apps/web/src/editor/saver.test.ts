import type { FlowGraph } from '@baton/engine'
import { describe, expect, it } from 'vitest'
import { createSaver, DELAY, type SaverPorts, type SaveState } from './saver.ts'

const settings: FlowGraph['settings'] = { reentry: { when: 'never' }, whileInside: 'ignore', onLeavingSegment: 'stay' }
/** A graph that can be told from others. */
const graph = (name: string): FlowGraph => ({
  format: 1,
  settings,
  edges: [],
  nodes: [{ id: name, type: 'exit', position: { x: 0, y: 0 }, data: { v: 1, label: name, finished: true } }],
})
const conflict = new Error('Jonas changed this flow meanwhile.')

/** A server with one draft, and a clock whose timers are run by hand. */
function house() {
  const server = { rev: 5, graph: graph('start'), saves: [] as string[], down: false, mute: false }
  const states: SaveState[] = []
  const timers: (() => void)[] = []
  let kept: Parameters<SaverPorts['keep']>[0] = null
  const saver = createSaver(
    { graph: server.graph, rev: 5, savedAt: 0 },
    {
      save: async (next, rev) => {
        if (server.down) throw new Error('The server did not answer.')
        if (rev !== server.rev) throw conflict
        server.rev += 1
        server.graph = next
        server.saves.push(next.nodes[0]?.id ?? '')
        if (server.mute) throw new Error('The server did not answer.')
        return { rev: server.rev, savedAt: 7 }
      },
      isConflict: (error) => error === conflict,
      words: (error) => (error instanceof Error ? error.message : ''),
      now: () => 100,
      later: (call, ms) => {
        expect(ms).toBeLessThanOrEqual(30_000)
        timers.push(call)
        return () => timers.splice(timers.indexOf(call) >>> 0, 1)
      },
      onState: (state) => states.push(state),
      keep: (unsaved) => {
        kept = unsaved
      },
    },
  )
  return {
    server,
    saver,
    states,
    kept: () => kept,
    timers,
    /** Runs what waits, and lets the answers arrive. */
    async tick() {
      for (const call of timers.splice(0)) call()
      for (let turn = 0; turn < 10; turn++) await Promise.resolve()
    },
  }
}

describe('saving a draft', () => {
  it('sends the last of several quick changes once, on top of the revision before', async () => {
    const { saver, server, states, tick, kept } = house()
    for (const name of ['a', 'b', 'c']) saver.change(graph(name))
    expect(kept()?.rev).toBe(5)
    await tick()
    expect(server.saves).toEqual(['c'])
    expect(saver.clean()).toBe(true)
    expect(kept()).toBeNull()
    expect(states.at(-1)).toEqual({ kind: 'saved', at: 7 })
    saver.change(graph('d'))
    await tick()
    expect(server.rev).toBe(7)
  })

  it('sends what was changed while a save was under way, afterwards', async () => {
    const { saver, server, tick } = house()
    saver.change(graph('a'))
    const first = tick()
    saver.change(graph('b'))
    await first
    await tick()
    expect(server.saves).toEqual(['a', 'b'])
  })

  it('keeps the changes and tries again while the server does not answer, later each time', async () => {
    const { saver, server, states, tick, kept } = house()
    server.down = true
    saver.change(graph('a'))
    await tick()
    expect(states.at(-1)).toEqual({ kind: 'failed', since: 100, why: 'The server did not answer.' })
    expect(kept()?.graph.nodes[0]?.id).toBe('a')
    await tick()
    server.down = false
    await tick()
    expect(server.saves).toEqual(['a'])
    expect(states.at(-1)?.kind).toBe('saved')
  })

  it('never overwrites what somebody else saved: it stops, keeps both, and waits for a decision', async () => {
    const { saver, server, states, tick, kept } = house()
    server.rev = 6
    server.graph = graph('theirs')
    saver.change(graph('mine'))
    await tick()
    expect(states.at(-1)).toEqual({ kind: 'conflict', why: conflict.message })
    saver.change(graph('mine-2'))
    await tick()
    expect(server.saves).toEqual([])
    expect(kept()?.graph.nodes[0]?.id).toBe('mine-2')
    expect(await saver.flush()).toBe(false)
  })

  it('goes on from theirs once it is settled, without sending anything; mine can then be put on top', async () => {
    const { saver, server, tick, kept, states } = house()
    server.rev = 6
    saver.change(graph('mine'))
    await tick()
    const theirs = graph('theirs')
    saver.settle(6, theirs)
    await tick()
    expect(server.saves).toEqual([])
    expect([saver.clean(), saver.saved(), kept()]).toEqual([true, theirs, null])
    expect(states.at(-1)).toEqual({ kind: 'saved', at: null })
    saver.change(graph('mine'))
    await tick()
    expect(server.saves).toEqual(['mine'])
  })

  it('does not mind the answer of a save from before it was settled', async () => {
    const { saver, server, tick } = house()
    saver.change(graph('mine'))
    const sent = tick()
    saver.settle(9, graph('theirs'))
    await sent
    expect([saver.rev(), saver.saved().nodes[0]?.id, saver.clean()]).toEqual([9, 'theirs', true])
    expect(server.saves).toEqual(['mine'])
  })

  it('keeps with the changes what they were made on', () => {
    const { saver, server, kept } = house()
    saver.change(graph('a'))
    expect(kept()).toMatchObject({ rev: 5, base: server.graph, graph: graph('a') })
  })

  it('has nothing to send after a change and its undo', async () => {
    const { saver, server, tick } = house()
    const start = server.graph
    saver.change(graph('a'))
    saver.change(start)
    await tick()
    expect(server.saves).toEqual([])
    expect(saver.clean()).toBe(true)
  })

  it('flushes before a publish without waiting for the timer', async () => {
    const { saver, server } = house()
    saver.change(graph('a'))
    expect(await saver.flush()).toBe(true)
    expect(server.saves).toEqual(['a'])
    expect(DELAY).toBeLessThan(2_000)
  })

  it('a save whose answer was lost is known again, and what came after it is saved on top', async () => {
    const { saver, server, states, tick, kept } = house()
    saver.change(graph('a'))
    server.mute = true
    await tick()
    server.mute = false
    saver.change(graph('b'))
    await tick()
    expect(saver.stuck()).toBe(true)
    expect(saver.arrived(server.rev, structuredClone(server.graph))).toBe(true)
    expect(kept()).toMatchObject({ rev: 6, graph: graph('b'), base: graph('a') })
    await tick()
    expect(server).toMatchObject({ rev: 7, saves: ['a', 'b'] })
    expect(saver.clean()).toBe(true)
    expect(states.at(-1)).toEqual({ kind: 'saved', at: 7 })
  })

  it('nothing is left to save where the lost answer was of the last change', async () => {
    const { saver, server, states, tick, kept, timers } = house()
    saver.change(graph('a'))
    server.mute = true
    await tick()
    await tick()
    expect(saver.stuck()).toBe(true)
    expect(saver.arrived(server.rev, graph('a'))).toBe(true)
    expect(kept()).toBeNull()
    expect(states.at(-1)).toEqual({ kind: 'saved', at: null })
    expect(timers).toEqual([])
  })

  it('what somebody else saved on top, or instead, is not taken for its own', async () => {
    const { saver, server, tick } = house()
    saver.change(graph('a'))
    server.mute = true
    await tick()
    await tick()
    expect(saver.arrived(server.rev + 1, graph('a'))).toBe(false)
    expect(saver.arrived(server.rev, graph('other'))).toBe(false)
    expect(saver.stuck()).toBe(true)
  })
})
