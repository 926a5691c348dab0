import { contactSearch } from '../pages/contacts/search.ts'
import { flowSearch } from '../pages/flows/search.ts'
import { programmeSearch } from '../pages/programmes/search.ts'
import { messageSearch } from '../pages/templates/search.ts'
import type { SearchProvider } from './search.ts'

/** One line per area that can be searched. Loaded with the palette, not with the first screen. */
export const searchProviders: readonly SearchProvider[] = [flowSearch, contactSearch, messageSearch, programmeSearch]
