import { type Catalog, emptyCatalog, type FlowGraph, flowGraph } from '@baton/engine'
import { describe, expect, test } from 'vitest'
import { findSteps } from './find.ts'

const node = (id: string, type: string, y: number, data: object, note?: string) => ({
  ...{ id, type, position: { x: 0, y }, data: { v: 1, ...data } },
  ...(note === undefined ? {} : { note }),
})
const graph: FlowGraph = flowGraph.parse({
  nodes: [
    node('mail', 'send-email', 300, { templateId: 'tpl', ifNotSent: 'skip', onSalesBehalf: false }),
    node('size', 'update-field', 100, { field: 'company_size', action: { do: 'set', value: 'big' } }),
    node('named', 'wait', 200, { name: 'Cool down', until: { kind: 'duration', amount: 3, unit: 'days' } }, 'Sales asked for this'),
  ],
  edges: [],
})
const catalog: Catalog = {
  ...emptyCatalog('UTC'),
  templates: [{ id: 'tpl', name: 'Your recording', purpose: 'marketing', topic: null }],
  fields: [{ key: 'company_size', label: 'Headcount', type: 'text' }],
}

describe('finding steps', () => {
  test.each([
    ['cool', ['named']],
    ['3 days', ['named']],
    ['wait', ['named']],
    ['recording', ['mail']],
    ['headcount', ['size']],
    ['SALES ASKED', ['named']],
    ['nothing of it', []],
    [' ', []],
  ])('“%s” finds %j', (text, ids) => expect(findSteps(graph, catalog, text).map((it) => it.id)).toEqual(ids))

  test('says why where the card does not', () => expect(findSteps(graph, catalog, 'sales asked')[0]?.because).toBe('Sales asked for this'))
})
