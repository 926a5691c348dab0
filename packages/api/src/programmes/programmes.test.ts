import { checkFlow, kindOf, referencesOf, runFlowTest, walkGround } from '@baton/engine'
import { describe, expect, test } from 'vitest'
import { bundleCatalog } from '../bundle/catalog.ts'
import { CHOSEN_TEAM, programmes } from './index.ts'

const all = programmes().map((it) => [it.name, it] as const)

describe('the gallery', () => {
  test('has a dozen programmes with names and ids of their own', () => {
    expect(new Set(all.map(([name]) => name)).size).toBe(12)
    expect(new Set(all.map(([, it]) => it.id)).size).toBe(12)
    const made = all.flatMap(([, it]) => it.bundle.templates.map((one) => one.id))
    expect(new Set(made).size).toBe(made.length)
  })

  test('fields, segments and forms that two programmes bring are the same', () => {
    const known = new Map<string, string>()
    for (const [, { bundle }] of all) {
      const things = [
        ...bundle.fields.map((it) => [it.key, it]),
        ...[...bundle.segments, ...bundle.forms].map((it) => [it.id, it]),
      ] as const
      for (const [key, it] of things) {
        const text = JSON.stringify(it)
        expect(known.get(String(key)) ?? text).toBe(text)
        known.set(String(key), text)
      }
    }
  })
})

describe.each(all)('%s', (_, programme) => {
  const { bundle, flow, when } = programme
  const catalog = bundleCatalog(bundle)
  const ground = () => {
    const segments = bundle.segments.filter((it) => it.list !== true)
    const made = walkGround({ flowId: flow.id, graph: flow.graph, catalog, segments })
    if ('issues' in made) throw new Error(made.issues.map((it) => it.say).join(' '))
    return made.ok
  }

  test('has no problem of any check', () => {
    expect(checkFlow(flow.graph, catalog, { flowId: flow.id, now: Date.UTC(2026, 2, 2) })).toEqual([])
  })

  test('without a team asks for nothing but a team', () => {
    const open = JSON.parse(JSON.stringify(flow.graph).replaceAll(`"${CHOSEN_TEAM}"`, 'null'))
    const said = checkFlow(open, { ...catalog, teams: [] }, { flowId: flow.id })
    if (bundle.teams.length === 0) expect(said).toEqual([])
    for (const issue of said) expect(issue.say).toMatch(/team/i)
  })

  test('says in one sentence when to use it, and brings nothing that it does not use', () => {
    expect(when).toMatch(/^[A-Z].*[.]$/)
    const used = new Set(referencesOf(flow.graph).map((it) => `${it.kind} ${it.id}`))
    for (const it of bundle.templates) expect(used).toContain(`template ${it.id}`)
    for (const it of bundle.segments) expect(used).toContain(`segment ${it.id}`)
    for (const it of bundle.forms) expect(used).toContain(`form ${it.id}`)
    for (const it of bundle.teams) expect(used).toContain(`team ${it.id}`)
  })

  test('its steps lie apart, from top to bottom', () => {
    for (const { source: from, target } of flow.graph.edges) {
      const [a, b] = [from, target].map((id) => flow.graph.nodes.find((it) => it.id === id)?.position.y ?? 0)
      expect(b).toBeGreaterThan(a ?? 0)
    }
    const places = flow.graph.nodes.map((it) => `${it.position.x} ${it.position.y}`)
    expect(new Set(places).size).toBe(places.length)
    expect(flow.graph.nodes.every((it) => it.position.x % 8 === 0 && it.position.y % 8 === 0)).toBe(true)
    expect(flow.graph.nodes.some((it) => kindOf(it.type)?.category === 'trigger')).toBe(true)
  })

  test.each(bundle.tests.map((it) => [it.name, it] as const))('takes somebody the expected way: %s', (__, told) => {
    const { way, end, ok } = runFlowTest(ground(), told)
    expect(way.map(({ node, port }, i) => (told.expect[i]?.port === undefined ? { node } : { node, port }))).toEqual(told.expect)
    expect(end).toMatchObject(told.end ?? {})
    expect(ok).toBe(true)
  })

  test('is tried by two people at least', () => {
    expect(bundle.tests.length).toBeGreaterThan(1)
  })
})
