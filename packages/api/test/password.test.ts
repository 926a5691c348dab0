import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BASE_URL, codeOf, KINDS, openApi, type TestApi } from './harness.ts'

const MINUTE = 60_000
const password = 'three short words'
const tokenIn = (text: string) => text.match(/\/link#(\S+)/)?.[1] ?? 'no link'

describe.each(KINDS)('a password on %s', (kind) => {
  let api: TestApi
  beforeAll(async () => {
    api = await openApi(kind)
  })
  afterAll(() => api.close())

  /** Joins, and gives the headers of the session. */
  async function join(email: string): Promise<{ id: string; headers: Headers }> {
    const link = await api.as('admin').users.invite({ email, role: 'marketer' })
    const { userId } = await api.as(null).session.redeem({ token: link.url.split('#')[1] ?? '', name: 'Nia', password })
    const cookie = api.cookies.at(-1)?.split(';')[0] ?? ''
    return { id: userId, headers: new Headers({ origin: BASE_URL, cookie }) }
  }

  test('that was forgotten is chosen anew by a link in a mail, which works once and signs out elsewhere', async () => {
    await join('nia@example.com')
    const before = api.letters.length
    await api.as(null).session.forgot({ email: ' NIA@example.com ' })
    expect(api.letters).toHaveLength(before + 1)
    const letter = api.letters.at(-1)
    expect(letter?.to.email).toBe('nia@example.com')
    const token = tokenIn(letter?.text ?? '')
    expect(await api.as(null).session.link({ token })).toMatchObject({ kind: 'reset', email: 'nia@example.com' })
    await api.as(null).session.redeem({ token, password: 'another few words' })
    expect(await codeOf(api.as(null).session.redeem({ token, password: 'once more words' }))).toBe('NOT_FOUND')
  })

  test('nobody learns who has an account, and no mailbox is filled', async () => {
    const before = api.letters.length
    expect(await api.as(null).session.forgot({ email: 'nobody@example.com' })).toBeUndefined()
    expect(api.letters).toHaveLength(before)
    await api.as('admin').users.change({ id: api.users.reviewer.id, active: false })
    expect(await api.as(null).session.forgot({ email: 'reviewer@example.com' })).toBeUndefined()
    expect(api.letters).toHaveLength(before)
    for (let i = 0; i < 5; i++) expect(await api.as(null).session.forgot({ email: 'marketer@example.com' })).toBeUndefined()
    expect(api.letters).toHaveLength(before + 3)
    api.clock.advance(15 * MINUTE)
    await api.as(null).session.forgot({ email: 'marketer@example.com' })
    expect(api.letters).toHaveLength(before + 4)
  })

  test('is changed by whoever knows the one it was; all other sessions end', async () => {
    const { id, headers } = await join('mia@example.com')
    const person = { id, name: 'Mia' }
    const passwords = { current: password, next: 'quite other words' }
    expect(await api.accounts.changePassword(person, { ...passwords, current: 'Three short words' }, headers)).toEqual({
      ok: false,
      why: 'wrong',
    })
    expect(await api.accounts.changePassword(person, passwords, headers)).toMatchObject({ ok: true })
    // The session it was changed in goes on by the cookies of the answer; the one from before is over.
    await expect(api.accounts.changePassword(person, { current: passwords.next, next: password }, headers)).rejects.toThrow('status 401')
  })

  test('cannot be guessed by trying', async () => {
    const { id, headers } = await join('eve@example.com')
    const tries = []
    for (let i = 0; i < 11; i++)
      tries.push(await api.accounts.changePassword({ id, name: 'Eve' }, { current: `guess ${i}`, next: password }, headers))
    expect(tries.map((it) => !it.ok && it.why)).toEqual([...Array.from({ length: 10 }, () => 'wrong'), 'too-often'])
  })
})
