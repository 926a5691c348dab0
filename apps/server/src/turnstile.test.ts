import { expect, test } from 'vitest'
import { createTurnstile } from './turnstile.ts'

test('tasks run one at a time, in order, and one that fails does not stop the next', async () => {
  const { alone } = createTurnstile()
  const seen: string[] = []
  const task = (name: string) => async () => {
    seen.push(`${name} begins`)
    await Promise.resolve()
    if (name === 'b') throw new Error('b fails')
    seen.push(`${name} ends`)
  }
  const results = await Promise.allSettled([alone(task('a')), alone(task('b')), alone(task('c'))])
  expect(results.map((it) => it.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'c begins', 'c ends'])
})

test('while it is held nobody gets through', async () => {
  const { alone, hold } = createTurnstile()
  const seen: string[] = []
  const free = await hold(async () => void seen.push('held'))
  const after = alone(async () => void seen.push('through'))
  await Promise.resolve()
  expect(seen).toEqual(['held'])
  free()
  await after
  expect(seen).toEqual(['held', 'through'])
})

test('a hold whose first deed fails leaves the way free', async () => {
  const { alone, hold } = createTurnstile()
  await expect(
    hold(async () => {
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  await expect(alone(async () => 'through')).resolves.toBe('through')
})
