import '../shell/shell.css'
import { QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { queryClient } from '../shell/queries.ts'
import { type Person, sessionQuery } from '../shell/session.ts'
import { ThemeProvider } from '../theme/theme-provider.tsx'

const person: Person = { id: 'usr_dev', name: 'Nora Lang', email: 'nora@ledgerline.example', role: 'admin' }

/** What pages stand in, without a server: somebody is signed in, and nothing is ever asked. */
export function Around({ children }: { children: ReactNode }) {
  queryClient.setQueryData(sessionQuery.queryKey, {
    user: person,
    workspace: { name: 'Ledgerline', zone: 'Europe/Berlin' },
    firstRun: false,
  })
  return (
    <ThemeProvider>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </ThemeProvider>
  )
}
