import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessTable, appRouter, ROLES, type Role } from '../src/index.ts'
import { type Caller, codeOf, openApi, type TestApi } from './harness.ts'

const table = accessTable(appRouter)
const DENIED = ['UNAUTHORIZED', 'FORBIDDEN']

/** Calls a procedure by its path with no input; whatever it then misses, it was let in. */
function call(caller: Caller, path: string): Promise<string> {
  const procedure = path.split('.').reduce<unknown>((at, part) => Reflect.get(at as object, part), caller) as () => Promise<unknown>
  return codeOf(procedure())
}

let api: TestApi
beforeAll(async () => {
  api = await openApi('pglite')
})
afterAll(() => api.close())

test('every procedure says who may call it', () => {
  expect(table.filter((row) => row.access === null || row.access.length === 0).map((row) => row.path)).toEqual([])
})

test('the access table is the one that was reviewed: run vitest -u and look at the difference', async () => {
  const lines = table.map(({ path, type, access }) => `${path}: ${type}: ${typeof access === 'string' ? access : access?.join(' ')}`)
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('access-table.txt')
})

test.each(table)('$path lets in those it names and nobody else', async ({ path, access }) => {
  for (const role of [null, ...ROLES] satisfies (Role | null)[]) {
    const allowed = access === 'anyone' || (role !== null && access?.includes(role))
    const code = await call(api.as(role), path)
    if (allowed) expect(DENIED, `${role} calls ${path}`).not.toContain(code)
    else expect(code, `${role} calls ${path}`).toBe(role === null ? 'UNAUTHORIZED' : 'FORBIDDEN')
  }
})
