import { useRouter } from '@tanstack/react-router'
import { blocks, type NavEntry } from './nav.ts'
import { usePerson } from './person.ts'

/** The entries this person may see and this build has a page for. Empty blocks fall away. */
export function useNav(): { head: string | undefined; entries: readonly NavEntry[] }[] {
  const router = useRouter()
  const { role } = usePerson()
  const known: Readonly<Record<string, unknown>> = router.routesByPath
  return blocks
    .map(({ head, entries }) => ({ head, entries: entries.filter((entry) => entry.path in known && entry.roles.includes(role)) }))
    .filter((block) => block.entries.length > 0)
}
