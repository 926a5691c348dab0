import { createFlow, listTopics } from '@baton/db'
import { buildGraph } from '@baton/engine/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeOf, KINDS, openApi, type TestApi } from './harness.ts'

const content = {
  ...{ name: 'Newsletter', title: 'Stay in touch', intro: '', button: '', confirm: true, mayUpdate: false },
  fields: [
    { key: 'email', label: '', required: true, placeholder: '' },
    { key: 'company', label: 'Your firm', required: false, placeholder: 'Acme' },
  ],
  topics: [{ topic: 'marketing', label: 'Yes' }],
  thanks: { kind: 'text' as const, text: 'Thank you.' },
  origins: ['https://www.example.com/'],
}

describe.each(KINDS)('forms on %s', (kind) => {
  let api: TestApi
  beforeAll(async () => {
    api = await openApi(kind)
  })
  afterAll(() => api.close())
  const system = () => ({
    ...{ version: '1', startedAt: 0, baseUrl: 'http://localhost:3000' },
    database: 'embedded' as const,
    mail: { to: 'outbox' as const },
  })
  const marketer = () => api.as('marketer', { system }).forms

  test('are made, shown with their address, changed by who saw the last version, and put away', async () => {
    const forms = marketer()
    const { id } = await forms.create(content)
    const shown = await forms.get({ id })
    expect(shown).toMatchObject({
      ...{ name: 'Newsletter', rev: 0, answers: 0, uses: [], archivedAt: null },
      ...{ origins: ['https://www.example.com'], address: `http://localhost:3000/f/${id}` },
    })
    await forms.change({ ...content, id, rev: 0, name: 'Monthly' })
    expect(await codeOf(forms.change({ ...content, id, rev: 0 }))).toBe('CONFLICT')
    expect((await forms.list()).map((row) => [row.name, row.answers])).toEqual([['Monthly', 0]])
    await forms.remove({ id })
    expect(await forms.list()).toEqual([])
    expect(await codeOf(forms.change({ ...content, id, rev: 2 }))).toBe('CONFLICT')
    await forms.restore({ id })
    expect((await forms.list()).map((row) => row.id)).toEqual([id])
    const deeds = await api.db.query<{ action: string }>(`select action from audit where subject_id = $1 order by at, id`, [id])
    expect(deeds.map((row) => row.action).sort()).toEqual(['form.changed', 'form.made', 'form.removed', 'form.restored'])
  })

  test.each([
    ['no address', { fields: [{ key: 'company', label: '', required: true, placeholder: '' }] }],
    ['an address that may be empty', { fields: [{ key: 'email', label: '', required: false, placeholder: '' }] }],
    ['a field that is not there', { fields: [...content.fields, { key: 'nothing', label: '', required: false, placeholder: '' }] }],
    ['a field twice', { fields: [...content.fields, ...content.fields] }],
    ['a topic that is not there', { topics: [{ topic: 'nothing', label: 'Yes' }] }],
    ['a box without words', { topics: [{ topic: 'marketing', label: ' ' }] }],
    ['a way on that runs a script', { thanks: { kind: 'redirect' as const, url: 'javascript:alert(1)' } }],
    ['a site with a path', { origins: ['https://www.example.com/form'] }],
    ['no name', { name: ' ' }],
  ])('refuse %s', async (_, change) => {
    expect(await codeOf(marketer().create({ ...content, ...change }))).toBe('BAD_REQUEST')
  })

  test('offer fields and topics of the workspace, and show a page of what is not saved yet', async () => {
    const forms = marketer()
    const { fields, topics } = await forms.choices()
    expect(fields.map((it) => it.key)).toEqual(expect.arrayContaining(['email', 'company']))
    expect(topics.map((it) => it.id)).toEqual((await listTopics(api.db)).map((it) => it.id))
    const page = await forms.preview({ ...content, name: '', title: '<b>', topics: [] })
    expect(page.form).toContain('<h1>&lt;b&gt;</h1>')
    expect(page.form).toContain('Your firm')
    expect(page.thanks).toContain('Thank you.')
  })

  test('one that a flow begins with stays', async () => {
    const forms = marketer()
    const { id } = await forms.create({ ...content, name: 'Trial' })
    const graph = buildGraph([['in', 'trigger', { on: { kind: 'form', formId: id, keep: [] } }]], [])
    await api.db.transaction((tx) => createFlow(tx, { id: 'flw_trial', name: 'Trial flow', graph, by: { id: 'usr', name: 'U' }, at: 0 }))
    expect((await forms.get({ id })).uses).toEqual([{ by: 'flow', id: 'flw_trial', name: 'Trial flow', live: false }])
    expect(await codeOf(forms.remove({ id }))).toBe('CONFLICT')
  })
})
