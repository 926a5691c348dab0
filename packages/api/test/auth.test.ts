import { openDatabase, outageOf } from '@baton/db'
import { expect, test } from 'vitest'
import { createAuth } from '../src/index.ts'

test('why signing in fails is not hidden while the database does not answer', async () => {
  const db = await openDatabase({ memory: true })
  await db.migrate()
  const said: string[] = []
  const baseUrl = 'http://localhost:3000'
  const about = {
    db,
    baseUrl,
    trustedOrigins: [baseUrl],
    clientAddressHeader: 'x-address',
    onError: (words: string) => void said.push(words),
  }
  const auth = await createAuth(about)
  const request = () =>
    new Request(`${baseUrl}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: baseUrl, 'x-address': '192.0.2.1' },
      body: JSON.stringify({ email: 'ada@example.com', password: 'three short words' }),
    })
  expect((await auth.handler(request())).status).toBe(401)
  await db.close()
  await expect(auth.handler(request())).rejects.toSatisfy((error) => outageOf(error) === 'away')
})
