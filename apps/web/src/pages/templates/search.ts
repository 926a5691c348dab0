import { client } from '../../shell/api.ts'
import type { SearchProvider } from '../../shell/search.ts'

const MOST = 8

/** Messages by name and subject, for the palette. */
export const messageSearch: SearchProvider = {
  id: 'messages',
  head: 'Messages',
  roles: ['admin', 'marketer', 'reviewer'],
  async search(text, signal) {
    const words = text.toLowerCase()
    const rows = await client.templates.list.query({}, { signal })
    return rows
      .filter(({ name, subject }) => `${name} ${subject}`.toLowerCase().includes(words))
      .slice(0, MOST)
      .map(({ id, name, subject }) => ({ id, title: name, detail: subject, to: `/templates/${id}` }))
  },
}
