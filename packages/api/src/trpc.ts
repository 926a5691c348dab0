import { initTRPC } from '@trpc/server'
import type { Context, SignedIn } from './context.ts'
import { fail, formatError } from './errors.ts'
import { listRoles, ROLES, type Role } from './roles.ts'

/** Who may call a procedure. There is no default: the test of the access table fails for a procedure that does not say. */
export interface Meta {
  access: 'anyone' | readonly Role[]
}

// No transformer: what crosses is JSON. Instants are numbers of milliseconds, ids are numbers or strings.
const t = initTRPC.context<Context>().meta<Meta>().create({ errorFormatter: formatError, isDev: false })

export const router = t.router
export const createCallerFactory = t.createCallerFactory

/**
 * The start of every procedure: it names the roles that may call it, and they are checked before the input is read.
 * `ctx.user` is then the signed-in user.
 * @throws TRPCError UNAUTHORIZED when nobody is signed in, FORBIDDEN with who may
 */
export function procedureFor(...roles: readonly [Role, ...Role[]]) {
  return t.procedure.meta({ access: roles }).use(({ ctx, next }) => {
    const { user } = ctx
    if (!user) throw fail('UNAUTHORIZED', 'Sign in to go on.')
    if (!roles.includes(user.role)) throw fail('FORBIDDEN', `Only ${listRoles(roles)} may do this. Ask an admin.`)
    const signedIn: SignedIn = { ...ctx, user }
    return next({ ctx: signedIn })
  })
}

/** For what every signed-in person may do, whatever the role. */
export const procedureForAll = procedureFor(...ROLES)

/** For what must work before sign-in. Name it rarely. */
export const openProcedure = t.procedure.meta({ access: 'anyone' })
