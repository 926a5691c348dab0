import { addNote, type FlowGraph, moveNodes, removeNodes, setData, setSettings } from '@baton/engine'
import { sampleCatalog, sampleFlows } from '@baton/engine/fixtures'
import { expect, it } from 'vitest'
import { changesBetween, countWords, inBoth } from './changes.ts'

const base = sampleFlows[0]?.graph as FlowGraph
const waits = base.nodes.find((it) => it.type === 'wait')
const wait = waits?.id ?? ''
const other = base.nodes.find((it) => it.id !== wait)?.id ?? ''
const days = (graph: FlowGraph, amount: number) =>
  setData(graph, wait, { ...waits?.data, until: { kind: 'duration', amount, unit: 'days' } }, ['out'])
const between = (to: FlowGraph, from = base) => changesBetween(from, to, sampleCatalog)

it('says what was changed in the words of the cards, before and now', () => {
  const { steps } = between(days(base, 9))
  expect(steps).toMatchObject([{ id: wait, sign: 'changed', words: 'Wait 9 days', before: expect.stringMatching(/^Wait/) }])
})

it('tells added, removed and moved steps apart, and ways, rules and notes', () => {
  const gone = removeNodes(base, [wait])
  expect(between(gone).steps).toMatchObject([{ id: wait, sign: 'removed' }])
  expect(between(base, gone).steps).toMatchObject([{ id: wait, sign: 'added' }])
  expect(between(gone).ways).toBeGreaterThan(0)
  expect(between(moveNodes(base, { [other]: { x: 990, y: 990 } }))).toMatchObject({ steps: [], moved: 1, ways: 0, others: [] })
  const noted = addNote(setSettings(base, { reentry: { when: 'at-most', times: 7 } }), { id: 'n', position: { x: 0, y: 0 }, text: 'Why' })
  expect(between(noted).others).toEqual(['the rules of the whole flow', 'notes'])
})

it('finds nothing where only the order of keys differs', () => {
  const anew = JSON.parse(JSON.stringify(base), (_, it: unknown) =>
    typeof it === 'object' && it !== null && !Array.isArray(it) ? Object.fromEntries(Object.entries(it).reverse()) : it,
  ) as FlowGraph
  expect(countWords(between(anew))).toBe('Nothing else')
})

it('finds the steps that both changed, and not those that both changed alike', () => {
  const [mine, theirs, alike] = [between(days(base, 9)), between(days(base, 5)), between(days({ ...base }, 9))]
  expect([...inBoth(mine, theirs)]).toEqual([wait])
  expect([...inBoth(mine, alike)]).toEqual([])
  expect([...inBoth(mine, between(removeNodes(base, [wait])))]).toEqual([wait])
})

it('counts in words', () => {
  expect(countWords(between(days(base, 9)))).toBe('Step: 1 changed.')
  expect(countWords(between(moveNodes(days(base, 9), { [other]: { x: 1, y: 1 } })))).toBe('Step: 1 changed, 1 moved.')
})
