import { expect, test } from 'vitest'
import { createPool } from './pool.ts'

/** Jobs that end when they are told to. */
function workshop(limits: { perOne: number; most: number }) {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const asked = { perOne: () => limits.perOne, most: () => limits.most }
  const pool = createPool<{ to: string; name: string }>(asked, ({ name }) => {
    begun.push(name)
    return new Promise((end) => ends.set(name, end))
  })
  const jobs = (...names: string[]) => pool.add(names.map((name) => ({ name, to: name.charAt(0) })))
  const end = async (name: string) => {
    ends.get(name)?.()
    await new Promise((go) => setImmediate(go))
  }
  return { pool, begun, jobs, end }
}

test('whoever is slow keeps only their own jobs waiting', async () => {
  const { pool, begun, jobs, end } = workshop({ perOne: 2, most: 4 })
  jobs('a1', 'a2', 'a3', 'b1')
  expect(begun).toEqual(['a1', 'a2', 'b1'])
  expect(pool.busy()).toEqual(['a'])
  jobs('b2', 'c1')
  expect(begun).toEqual(['a1', 'a2', 'b1', 'b2'])
  await end('b1')
  expect(begun.at(-1)).toBe('c1')
  await end('a1')
  expect(begun.at(-1)).toBe('a3')
  expect(pool.running()).toBe(4)
})

test('there is room for what is under way once more, and no further', () => {
  const { pool, jobs } = workshop({ perOne: 1, most: 2 })
  expect(pool.room()).toBe(4)
  jobs('a1', 'a2', 'a3')
  expect(pool.room()).toBe(1)
  jobs('b1', 'c1')
  expect(pool.room()).toBe(0)
})

test('draining waits for what was begun and drops the rest', async () => {
  const { pool, begun, jobs, end } = workshop({ perOne: 1, most: 2 })
  await pool.next()
  jobs('a1', 'a2')
  const drained = pool.drain()
  await end('a1')
  expect((await drained).map((it) => it.name)).toEqual(['a2'])
  expect(begun).toEqual(['a1'])
})
