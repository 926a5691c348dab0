import { expect, test } from 'vitest'
import { type Config, readConfig } from '../config.ts'
import { banner } from './banner.ts'

const server = { url: 'http://localhost:3000', firstLink: null }
const say = (env: Record<string, string>, firstLink: { url: string; expiresAt: number } | null = null) =>
  banner({ ...server, firstLink }, readConfig(env) satisfies Config)

test('says where it is, what the database is for and what becomes of mail', () => {
  expect(say({})).toMatch(
    /^Baton is ready at http:\/\/localhost:3000\nDatabase: embedded, in .*production wants PostgreSQL.*\nMail: kept in the Outbox page/,
  )
  expect(say({ DATABASE_URL: 'postgres://u:secret@db/baton', SMTP_URL: 'smtp://u:secret@mail.example.com:587' })).toBe(
    'Baton is ready at http://localhost:3000\nDatabase: PostgreSQL.\nMail: sent through mail.example.com:587.\n',
  )
})

test('shows the first link as long as nobody has an account', () => {
  expect(say({}, { url: 'http://localhost:3000/link#abc', expiresAt: 0 })).toContain('\n  http://localhost:3000/link#abc\n')
  expect(say({})).not.toContain('link#')
})

test('warns when others may connect to an address nobody has named', () => {
  expect(say({ HOST: '0.0.0.0' })).toContain('set BASE_URL')
  expect(say({ HOST: '0.0.0.0', BASE_URL: 'https://baton.example.com' })).not.toContain('set BASE_URL')
})
