import { expect, test } from 'vitest'
import { readEmail } from './system.ts'

test.each<[string, string | undefined]>([
  [' Ada@Example.ORG ', 'ada@example.org'],
  ['ada@example', undefined],
  ['ada@@example.org', undefined],
  ['Ada <ada@example.org>', undefined],
])('the address %j is %j', (text, address) => expect(readEmail(text)).toBe(address))
