import { client } from '../../shell/api.ts'
import type { SearchProvider } from '../../shell/search.ts'
import { STATES } from './states.ts'

const MOST = 8

/** Flows by name, for the palette. */
export const flowSearch: SearchProvider = {
  id: 'flows',
  head: 'Flows',
  roles: ['admin', 'marketer', 'sales_manager', 'reviewer'],
  async search(text, signal) {
    const words = text.toLowerCase()
    const flows = await client.flows.list.query(undefined, { signal })
    return flows
      .filter(({ name, status }) => status !== 'archived' && name.toLowerCase().includes(words))
      .slice(0, MOST)
      .map(({ id, name, status }) => ({ id, title: name, detail: STATES[status].words, to: `/flows/${id}` }))
  },
}
