import { Link, useRouter } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** A link to a page where this build has it, else the words alone. */
export function Place({ to, className, children }: { to: string; className?: string; children: ReactNode }) {
  const known: Readonly<Record<string, unknown>> = useRouter().routesByPath
  return to in known ? (
    <Link to={to} className={className}>
      {children}
    </Link>
  ) : (
    <span className={className}>{children}</span>
  )
}
