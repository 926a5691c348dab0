import { createHash, randomBytes } from 'node:crypto'
import { addSignInLink, type Handle } from '@baton/db'

/** Somebody who reads pages: asks the server as a browser does. */
export interface Visitor {
  /** Milliseconds until a question is answered. @throws Error unless the answer is good */
  ask(procedure: string, input?: object): Promise<number>
}

/** Becomes the first admin of an empty installation, by a link as the console shows it. */
export async function becomeAdmin(handle: Handle, url: string): Promise<Visitor> {
  const token = randomBytes(24).toString('base64url')
  const now = Date.now()
  const tokenHash = createHash('sha256').update(token).digest('hex')
  await addSignInLink(handle, { tokenHash, userId: null, createdAt: now, expiresAt: now + 600_000 })
  const answer = await fetch(`${url}/api/trpc/session.redeem`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ token, name: 'Ada', email: 'ada@example.com', password: 'correct horse battery' }),
  })
  if (!answer.ok) throw new Error(`Nobody was signed in: ${await answer.text()}`)
  const cookie = answer.headers
    .getSetCookie()
    .map((it) => it.split(';')[0])
    .join('; ')
  return {
    async ask(procedure, input) {
      const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
      const from = performance.now()
      const page = await fetch(`${url}/api/trpc/${procedure}${query}`, { headers: { cookie } })
      await page.arrayBuffer()
      if (!page.ok) throw new Error(`${procedure} answered ${page.status}`)
      return performance.now() - from
    },
  }
}
