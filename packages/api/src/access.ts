import type { AnyRouter } from '@trpc/server'
import { z } from 'zod'
import { role } from './roles.ts'
import type { Meta } from './trpc.ts'

/** A row of the access table: one procedure and who may call it; null when it does not say. */
export interface Access {
  path: string
  type: 'query' | 'mutation' | 'subscription'
  access: Meta['access'] | null
}

/** The library types its own records as unknown, so they are parsed like anything from outside. A procedure is a function. */
const definition = z.object({
  type: z.enum(['query', 'mutation', 'subscription']),
  meta: z.object({ access: z.union([z.literal('anyone'), z.array(role)]) }).optional(),
})

function definitionOf(procedure: unknown) {
  return definition.parse(typeof procedure === 'function' && '_def' in procedure ? procedure._def : undefined)
}

/** Every procedure of a router with who may call it, in the order of their paths. */
export function accessTable(router: AnyRouter): readonly Access[] {
  return Object.entries(router._def.procedures)
    .map(([path, procedure]): Access => {
      const { type, meta } = definitionOf(procedure)
      return { path, type, access: meta?.access ?? null }
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}
