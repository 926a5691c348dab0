import { useQuery } from '@tanstack/react-query'
import { type Person, type Role, sessionQuery } from './session.ts'

/** Who is signed in, on any page inside the frame. @throws outside of it, where nobody may be. */
export function usePerson(): Person {
  const { data } = useQuery(sessionQuery)
  if (!data?.user) throw new Error('usePerson is for pages inside the frame')
  return data.user
}

/** Whether the person has one of the roles. Decides what is shown; what may be done is decided by the server. */
export function useMay(...allowed: Role[]): boolean {
  return allowed.includes(usePerson().role)
}
