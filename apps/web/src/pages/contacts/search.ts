import { client } from '../../shell/api.ts'
import type { SearchProvider } from '../../shell/search.ts'
import { nameOf, titleAt } from './people.ts'

const MOST = 8

/** People by name, address or company, for the palette. */
export const contactSearch: SearchProvider = {
  id: 'contacts',
  head: 'Contacts',
  roles: ['admin', 'marketer', 'sales_manager', 'reviewer'],
  async search(text, signal) {
    const { rows } = await client.contacts.list.query({ filter: { search: text } }, { signal })
    return rows.slice(0, MOST).map((row) => ({
      id: String(row.id),
      title: nameOf(row),
      detail: titleAt(row) || (nameOf(row) === row.key ? undefined : row.key),
      to: `/contacts/${row.id}`,
    }))
  },
}
