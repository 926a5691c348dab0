import { createUser, type Handle, openDatabase, type UserRow, updateWorkspace } from '@baton/db'
import { freshDatabase, noteDatabase } from '@baton/db/testing'
import { inject } from 'vitest'
import {
  type Accounts,
  appRouter,
  type Context,
  createAccounts,
  createAuth,
  createCallerFactory,
  type Letter,
  type Mail,
  ROLES,
  type Role,
  type Services,
} from '../src/index.ts'

export const KINDS = ['pglite', 'pg'] as const
export const BASE_URL = 'http://localhost:3000'

/** A clock that stands still until it is moved. Starts at 2026-03-02T09:00Z, a Monday. */
export function testClock(at = Date.UTC(2026, 2, 2, 9)) {
  let time = at
  return {
    now: () => time,
    advance(ms: number) {
      time += ms
    },
  }
}

const createCaller = createCallerFactory(appRouter)
export type Caller = ReturnType<typeof createCaller>

export interface TestApi extends AsyncDisposable {
  db: Handle
  clock: ReturnType<typeof testClock>
  users: Readonly<Record<Role, UserRow>>
  /** The API as called by the user with this role; null: by nobody. */
  as(role: Role | null, services?: Partial<Services>): Caller
  accounts: Accounts
  /** Set-Cookie values of all answers so far. */
  cookies: string[]
  /** Every letter of the workspace itself, as it would be mailed. */
  letters: Letter[]
  /** How often the runner was woken. */
  nudges(): number
  close(): Promise<void>
}

async function open(kind: (typeof KINDS)[number]): Promise<{ db: Handle; close: () => Promise<void> }> {
  if (kind === 'pglite') {
    const db = await openDatabase({ memory: true })
    return { db, close: () => db.close() }
  }
  const made = await freshDatabase(inject('postgres'))
  const db = await openDatabase({ url: made.url, max: 5 })
  return {
    db,
    async close() {
      await db.close()
      await made.drop()
    },
  }
}

/** The parts of something that a test did not give say so when they are used. */
function given<T extends object>(parts: Partial<T>, what: string): T {
  const lookUp = (_: object, name: string | symbol) => {
    if (name in parts) return Reflect.get(parts, name)
    throw new Error(`This test gave no ${what}.${String(name)}.`)
  }
  return new Proxy({}, { get: lookUp }) as T
}

const only = (parts: Partial<Services>) => given<Services>(parts, 'services')

/** Takes letters as a mail server would. */
const postOffice = (letters: Letter[]) =>
  given<Mail>(
    { letter: (letter) => Promise.resolve({ result: letters.push(letter) > 0 ? 'sent' : 'no-server' }), deliver: () => {} },
    'services.mail',
  )

/**
 * The whole API over a migrated database of its own, with one user per role (unless `people` is false) and a clock that is moved by
 * hand. Accounts are real; what else the server implements is given by the test.
 */
export async function openApi(kind: (typeof KINDS)[number], people = true): Promise<TestApi> {
  const { db, close } = await open(kind)
  await db.migrate()
  const clock = testClock()
  const auth = await createAuth({
    db,
    baseUrl: BASE_URL,
    trustedOrigins: [BASE_URL],
    clientAddressHeader: 'x-client',
    onError: (message) => console.error(message),
  })
  const accounts = createAccounts({ db, clock, auth, baseUrl: BASE_URL })
  let nudges = 0
  const cookies: string[] = []
  const letters: Letter[] = []
  const users: Partial<Record<Role, UserRow>> = {}
  if (people) {
    for (const role of ROLES) {
      const person = { name: `The ${role}`, email: `${role}@example.com`, role, passwordHash: 'unusable', at: clock.now() }
      users[role] = await createUser(db, person)
    }
  }
  // One of each role would otherwise have to approve what another publishes; the tests of reviews ask for that.
  if (people) await updateWorkspace(db, { review: { approvals: 0, salesApproves: false } })
  noteDatabase('api', kind)
  return {
    db,
    clock,
    users: users as Record<Role, UserRow>,
    accounts,
    cookies,
    letters,
    nudges: () => nudges,
    as(role, services = {}) {
      const context: Context = {
        user: role === null ? null : (users[role] ?? null),
        db,
        clock,
        services: only({ accounts, nudge: () => void nudges++, mail: postOffice(letters), ...services }),
        requestId: 'test',
        headers: new Headers({ origin: BASE_URL }),
        setCookie: (value) => cookies.push(value),
      }
      return createCaller(context)
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** The code of the error a call ends with; 'ok' when it ends well. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'ok'
  } catch (error) {
    return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error)
  }
}
