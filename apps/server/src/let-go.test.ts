import { expect, test } from 'vitest'
import { letGo } from './let-go.ts'

const dead = new Error('Query read timeout')

/** Gives back with what happens at each try, and tells how many there were and what the log heard. */
async function given(...tries: readonly (Error | null)[]) {
  const said: string[] = []
  let n = 0
  const giving = letGo('the claims', { warn: (_: unknown, words: string) => void said.push(words) }, async () => {
    const error = tries[n++]
    if (error) throw error
  })
  const threw = await giving.then(
    () => null,
    (error: unknown) => error,
  )
  return { n, said, threw }
}

test.each([
  ['a line that is well', [null], 1, 0],
  ['a line that died without a word, and another', [dead, null], 2, 0],
  ['a database that is away', [dead, dead], 2, 1],
] as const)('%s: it stops all the same', async (_, tries, n, warned) => {
  const { said, ...rest } = await given(...tries)
  expect(rest).toEqual({ n, threw: null })
  expect(said).toHaveLength(warned)
})

test('a fault that is not the line’s is told', async () => {
  const fault = new TypeError('no such column')
  expect(await given(fault)).toEqual({ n: 1, said: [], threw: fault })
})
