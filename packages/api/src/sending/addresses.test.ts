import { expect, test } from 'vitest'
import { addressesIn } from './addresses.ts'

test.each([
  ['one a line', 'ada@example.com\nBo@Example.com\n', ['ada@example.com', 'bo@example.com'], 0],
  ['each once', 'ada@example.com\r\nADA@example.com', ['ada@example.com'], 0],
  ['a file with a head', 'name;email\nAda;ada@example.com\n"Bo, B.";"bo@example.com"', ['ada@example.com', 'bo@example.com'], 0],
  ['as mail programs copy them', 'Ada <ada@example.com>, "Bo" <bo@example.com>', ['ada@example.com', 'bo@example.com'], 0],
  ['lines without one are counted', 'ada@example.com\nnobody\n@\n\nx@y', ['ada@example.com'], 3],
  ['a full stop at the end of a sentence', 'Write to ada@example.com.', ['ada@example.com'], 0],
  ['nothing', '\n \n', [], 0],
])('%s', (_, text, addresses, without) => expect(addressesIn(text)).toEqual({ addresses, without }))
