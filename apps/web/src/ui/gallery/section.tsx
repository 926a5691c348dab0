import type { ReactNode } from 'react'

/** One component with its variants. */
export function Part({ title, whole = false, children }: { title: string; whole?: boolean; children: ReactNode }) {
  return (
    <section className={whole ? 'whole' : undefined}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}
