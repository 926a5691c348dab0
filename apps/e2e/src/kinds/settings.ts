import type { Page } from 'playwright-core'

/** Keeps a secret that the other side gave. */
export async function keepSecret(page: Page, base: string, name: string, value: string): Promise<void> {
  await page.goto(`${base}/settings/secrets`)
  await page.getByRole('button', { name: 'New secret…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill(name)
  await dialog.getByRole('radio', { name: 'I have it' }).click()
  await dialog.getByLabel('Secret').fill(value)
  await dialog.getByRole('button', { name: 'Keep it' }).click()
  await page.getByRole('cell', { name }).waitFor()
}

/** Makes a key for a program. */
export async function serverKey(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const answer = await fetch('/api/trpc/keys.make', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Shop', kind: 'server', origins: [] }),
    })
    return (await answer.json()).result.data.key as string
  })
}

/** Tells, as a program does, that something happened to the person of an address. */
export async function happens(base: string, key: string, email: string, event: string): Promise<void> {
  const userId = `shop of ${email}`
  const said = [
    ['identify', { userId, traits: { email } }],
    ['track', { userId, event }],
  ] as const
  for (const [door, body] of said) {
    const headers = { authorization: `Basic ${btoa(`${key}:`)}`, 'content-type': 'application/json' }
    const answer = await fetch(`${base}/v1/${door}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`)
  }
}
