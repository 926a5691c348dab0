import './signin.css'
import type { ReactNode } from 'react'
import { Logo } from '../../shell/logo.tsx'

/** The card that stands before the product: signing in, the first sign-in, an invitation. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="door">
      <div className="door-card">
        <div className="brand">
          <Logo />
          Baton
        </div>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  )
}
