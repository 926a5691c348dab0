import type { Handle, Sql } from '@baton/db'

/** What statements took: how often, and for how long from here, ms. */
export interface Spent {
  calls: number
  ms: number
}

/** `update enrolment`, `select from send`: what a statement does, and to which table. */
export function nameOf(text: string): string {
  const written = /\b(insert into|update|delete from) ([a-z_]+)/.exec(text)
  if (written) return `${written[1]} ${written[2]}`
  // Rows that were handed over are joined to the table that is read.
  const read = /\bjoin ([a-z_]+) /.exec(text) ?? /\bfrom ([a-z_]+)/.exec(text)
  return `select from ${read?.[1] ?? 'nothing'}`
}

/** The same database; notes of every statement, and of begin and commit together, how long they took. */
export function timed(handle: Handle, spent: Map<string, Spent>): Handle {
  const note = (name: string, ms: number) => {
    const known = spent.get(name) ?? { calls: 0, ms: 0 }
    spent.set(name, { calls: known.calls + 1, ms: known.ms + ms })
  }
  const over = <S extends Sql>(sql: S): S => ({
    ...sql,
    async query<T extends object>(text: string, params?: readonly unknown[]): Promise<T[]> {
      const from = performance.now()
      try {
        return await sql.query<T>(text, params)
      } finally {
        note(nameOf(text), performance.now() - from)
      }
    },
  })
  return {
    ...over(handle),
    async transaction(work) {
      const from = performance.now()
      let inside = 0
      try {
        return await handle.transaction(async (tx) => {
          const began = performance.now()
          try {
            return await work(over(tx))
          } finally {
            inside = performance.now() - began
          }
        })
      } finally {
        note('begin and commit', performance.now() - from - inside)
      }
    },
  }
}
