import express from 'express'

/** A route of the whole server: `GET /api/exports/:file`. `USE` is everything under an address. */
export type Route = string

interface Layer {
  name: string
  slash: boolean
  route?: { path: string | string[]; methods: Record<string, boolean> }
  handle: { stack?: Layer[] }
}

const listed = (path: unknown): string[] => (Array.isArray(path) ? path.map(String) : [String(path)])

/** Every route under an address. @throws where a router lies in another one in a way that hides its address from us */
function routesIn(stack: readonly Layer[], under: string): Route[] {
  return stack.flatMap(({ route, slash, handle }): Route[] => {
    if (route) {
      const methods = Object.keys(route.methods).filter((it) => route.methods[it])
      return listed(route.path).flatMap((path) =>
        methods.map((method) => `${method === '_all' ? 'ALL' : method.toUpperCase()} ${(path === '/' ? under : under + path) || '/'}`),
      )
    }
    if (!handle.stack) return []
    if (!slash) throw new Error(`A router under ${under} is mounted at an address of its own: enumerate it here first`)
    return routesIn(handle.stack, under)
  })
}

/**
 * Notes what every Express app that is made while `work` runs is told to answer to: routes with their methods, and what stands under an
 * address without routes. What looks at requests on their way, at no address, is none.
 */
export async function routesDuring<T>(work: () => Promise<T>): Promise<{ made: T; routes: Route[] }> {
  const { application } = express
  const kept = { use: application.use, get: application.get, all: application.all }
  const routes: Route[] = []
  const under = (path: string, handlers: readonly unknown[]) => {
    const stacks = handlers.flatMap((it) => (typeof it === 'function' && 'stack' in it ? [it.stack as Layer[]] : []))
    for (const stack of stacks) routes.push(...routesIn(stack, path === '/' ? '' : path))
    return stacks.length > 0
  }
  Object.assign(application, {
    use(this: unknown, ...args: unknown[]) {
      const [path, ...handlers] = typeof args[0] === 'string' ? args : ['/', ...args]
      if (!under(String(path), handlers) && path !== '/') routes.push(`USE ${String(path)}`)
      return Reflect.apply(kept.use, this, args)
    },
    get(this: unknown, ...args: unknown[]) {
      // With one argument it reads a setting.
      if (args.length > 1) for (const path of listed(args[0])) routes.push(`GET ${path}`)
      return Reflect.apply(kept.get, this, args)
    },
    all(this: unknown, ...args: unknown[]) {
      for (const path of listed(args[0])) routes.push(`ALL ${path}`)
      return Reflect.apply(kept.all, this, args)
    },
  })
  try {
    return { made: await work(), routes: [...new Set(routes)] }
  } finally {
    Object.assign(application, kept)
  }
}
