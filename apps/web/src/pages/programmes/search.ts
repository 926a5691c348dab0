import { client } from '../../shell/api.ts'
import type { SearchProvider } from '../../shell/search.ts'

const MOST = 6

/** Programmes to begin with, by name and by when to use them. */
export const programmeSearch: SearchProvider = {
  id: 'programmes',
  head: 'Begin from a programme',
  roles: ['admin', 'marketer'],
  async search(text, signal) {
    const words = text.toLowerCase()
    const all = await client.programmes.list.query(undefined, { signal })
    return all
      .filter(({ name, when }) => `programme ${name} ${when}`.toLowerCase().includes(words))
      .slice(0, MOST)
      .map(({ id, name, when }) => ({ id, title: name, detail: when, to: `/flows?programme=${id}` }))
  },
}
