import { type Bundle, drawBundles } from '@baton/engine/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { fidelity } from '../soaks/fidelity.ts'
import { inEmpty } from './bed.ts'
import { found } from './fixture.ts'
import { injections } from './inject.ts'
import { compare } from './round.ts'
import { shrink } from './shrink.ts'

afterAll(() => fidelity.close?.())

/** A few bundles; the soak takes thousands. */
const FEW = 8
/** So many times a few are drawn until one of them comes by the bug. */
const TRIES = 12

describe('a simulation and a run over a database', () => {
  test('come to the same journal, to the byte', { timeout: 300_000 }, async () => {
    const { wrong, seen } = await fidelity.round(1, { count: FEW })
    expect(wrong).toEqual([])
    expect(seen.length).toBeGreaterThan(10)
  })

  test.each(injections)('are found to differ where a bug is put in: %s', { timeout: 300_000 }, async (inject) => {
    let said = ''
    for (let seed = 1; seed <= TRIES && said === ''; seed++)
      said = (await fidelity.round(seed * 100, { count: FEW, inject })).wrong.join('\n')
    expect(said).toContain('simulated')
  })

  test.each(found())('come to the same where they once did not: $name', { timeout: 120_000 }, async ({ read }) => {
    const { differences, wrong } = await inEmpty((handle) => compare(handle, read()))
    expect(differences).toEqual([])
    expect(wrong).toEqual([])
  })
})

test('the generator draws every kind of step, and what it draws is the same for the same seed', () => {
  expect(fidelity.all.filter((it) => it.endsWith('is never drawn'))).toEqual([])
  expect(JSON.stringify(drawBundles(7, 3))).toBe(JSON.stringify(drawBundles(7, 3)))
})

const has = (bundles: readonly Bundle[], key: string) => bundles.some((it) => it.contacts.some((one) => one.state.person.key === key))

test('a case is made smaller as long as it still goes wrong', async () => {
  const bundles = drawBundles(3, 4)
  const key = bundles[2]?.contacts[1]?.state.person.key ?? ''
  const small = await shrink(bundles, { people: new Set([key]), lines: '' }, async (it) => has(it, key))
  expect(small).toHaveLength(1)
  expect(small[0]?.contacts.map((it) => [it.state.person.key, it.items, it.answers])).toEqual([[key, [], []]])
  expect(small[0]?.flows).toEqual([])
})

test('whatever the lines name is tried before everything is; what nobody names is found in few tries all the same', async () => {
  const bundles = drawBundles(5, 64)
  const [key, flow] = [bundles[40]?.contacts[0]?.state.person.key ?? '', bundles[17]?.flows[0]?.id ?? '']
  const sizes: number[] = []
  const needs = (id: string) => async (it: readonly Bundle[]) => {
    sizes.push(it.length)
    return has(it, key) && it.some(({ flows }) => flows.some((one) => one.id === id))
  }
  const clue = { people: new Set([key]), lines: `{"handoff":"${key}/${flow}//1/h/1/0"}` }
  const ids = (it: readonly Bundle[]) => it.flatMap(({ flows }) => flows.map((one) => one.id))
  expect(ids(await shrink(bundles, clue, needs(flow)))).toEqual([flow])
  expect(Math.max(...sizes)).toBe(2)
  sizes.length = 0
  const other = bundles[50]?.flows[0]?.id ?? ''
  expect(ids(await shrink(bundles, clue, needs(other)))).toEqual([other])
  expect(sizes.filter((it) => it > 2).length).toBeLessThan(40)
})

test('a case that nothing can be left out of, and one that there is no time for, stay as they are', async () => {
  const bundles = drawBundles(3, 2)
  const clue = { people: new Set<string>(), lines: '' }
  expect(await shrink(bundles, clue, async () => false)).toEqual(bundles)
  expect(await shrink(bundles, clue, async () => true, { tries: 0 })).toEqual(bundles)
})
