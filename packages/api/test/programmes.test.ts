import { checkFlow, failedTests, parseGraph } from '@baton/engine'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { currentCatalog } from '../src/index.ts'
import { codeOf, KINDS, openApi, type TestApi } from './harness.ts'

const ID = 'webinar-follow-up'

describe.each(KINDS)('programmes on %s', (kind) => {
  let api: TestApi
  const draftOf = async (id: string) => {
    const read = parseGraph((await api.as('marketer').flows.get({ id })).draft)
    if (!('ok' in read)) throw new Error('The draft cannot be read.')
    return read.ok
  }
  const needs = async () => (await api.as('marketer').programmes.list()).find((it) => it.id === ID)?.needs ?? []
  const ofKind = async (wanted: string) => (await needs()).filter((it) => it.kind === wanted).map((it) => it.state)

  beforeAll(async () => {
    api = await openApi(kind)
    await api.db.query(`update workspace set settings = settings || '{"senderAddress":"n@example.com","postalAddress":"Lane 1"}'::jsonb`)
  })
  afterAll(() => api.close())

  test('say what they need, and what of it is not here yet', async () => {
    expect(await ofKind('mail')).toEqual(['made', 'made', 'made', 'made'])
    expect(await ofKind('team')).toEqual(['choose'])
    expect((await needs()).filter((it) => it.kind === 'event').map((it) => [it.name, it.state])).toEqual([
      ['webinar.attended', 'outside'],
      ['demo.requested', 'outside'],
    ])
  })

  test('one becomes a draft with drafts of all it names; without a team only the team is open', async () => {
    const before = api.nudges()
    const { id, name, made } = await api.as('marketer').programmes.use({ id: ID, team: null })
    expect([name, made.templates.length, made.teams]).toEqual(['Webinar follow-up', 4, []])
    expect(api.nudges()).toBeGreaterThan(before)
    const draft = await draftOf(id)
    const said = checkFlow(draft, await currentCatalog(api.db))
    expect(said.map((it) => it.severity)).toEqual(['error'])
    expect(said[0]?.say).toMatch(/team/i)
    expect(draft.tests?.map((it) => it.name)).toEqual(['Asks for a demo on the second day', 'Never reacts'])
    expect(await api.db.query('select status from flow where id = $1', [id])).toEqual([{ status: 'draft' }])
  })

  test('what is here stays as it is and is used again', async () => {
    await api.db.query(`update template set name = 'My recording' where id = 'tpl_webinar_recording'`)
    expect(await ofKind('mail')).toEqual(['here', 'here', 'here', 'here'])
    expect((await needs()).find((it) => it.kind === 'mail')?.name).toBe('My recording')
    const { id, made } = await api.as('admin').programmes.use({ id: ID, team: null })
    expect(made.templates).toEqual([])
    expect((await draftOf(id)).nodes.length).toBe(15)
  })

  test('each is free of problems the moment it is put on a canvas, its tests gone through by what the editor knows', async () => {
    await api.db.query(`insert into team (id, name, created_at) values ('team_b', 'Outbound', 0)`)
    for (const { id, asksTeam } of await api.as('marketer').programmes.list()) {
      const { graph } = await api.as('marketer').programmes.steps({ id, team: asksTeam ? 'team_b' : null })
      const known = await currentCatalog(api.db)
      const catalog = { ...known, teams: known.teams.map((it) => ({ ...it, members: 2 })) }
      // The draft is not saved yet: what its segments are, only the catalog tells.
      const segments = catalog.segments.flatMap((it) => (it.condition ? [{ id: it.id, condition: it.condition }] : []))
      const failed = failedTests({ flowId: 'flw_open', name: '', graph, catalog, segments, lookup: () => undefined })
      expect({ id, said: [...checkFlow(graph, catalog, { flowId: 'flw_open', now: Date.UTC(2026, 2, 2) }), ...failed] }).toEqual({
        id,
        said: [],
      })
    }
  })

  test('with a team it can be published as it is', async () => {
    await api.db.query(`insert into team (id, name, created_at) values ('team_a', 'Inbound', 0)`)
    const { graph } = await api.as('marketer').programmes.steps({ id: ID, team: 'team_a' })
    expect(JSON.stringify(graph)).toContain('"teamId":"team_a"')
    const catalog = await currentCatalog(api.db)
    const staffed = { ...catalog, teams: catalog.teams.map((it) => ({ ...it, members: 2 })) }
    expect(checkFlow(graph, staffed)).toEqual([])
  })

  test('the steps of one, taken twice, have ids of their own', async () => {
    const one = await api.as('marketer').programmes.steps({ id: ID, team: null })
    const other = await api.as('marketer').programmes.steps({ id: ID, team: null })
    const ids = new Set([...one.graph.nodes, ...other.graph.nodes].map((it) => it.id))
    expect(ids.size).toBe(one.graph.nodes.length * 2)
  })

  test('a programme or team that is not there is refused, and nothing is made', async () => {
    const count = () => api.db.query('select count(*) as n from template')
    const before = await count()
    expect(await codeOf(api.as('marketer').programmes.use({ id: 'none', team: null }))).toBe('NOT_FOUND')
    expect(await codeOf(api.as('marketer').programmes.use({ id: 'renewal', team: 'gone' }))).toBe('BAD_REQUEST')
    expect(await count()).toEqual(before)
  })
})
