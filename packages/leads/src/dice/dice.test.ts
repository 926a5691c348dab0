import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketOf, hash01, hash64, pickShare } from '../index.ts'

/** FNV-1a 64 and fmix64 written down once more with BigInt, straight from their descriptions. */
function slow(text: string): string {
  const cut = (value: bigint) => BigInt.asUintN(64, value)
  let hash = 0xcbf29ce484222325n
  for (const char of text) {
    for (const byte of encodeURIComponent(char).match(/%..|./gs) ?? []) {
      const value = byte.length === 3 ? Number.parseInt(byte.slice(1), 16) : byte.charCodeAt(0)
      hash = cut((hash ^ BigInt(value)) * 0x100000001b3n)
    }
  }
  hash = cut((hash ^ (hash >> 33n)) * 0xff51afd7ed558ccdn)
  hash = cut((hash ^ (hash >> 33n)) * 0xc4ceb9fe1a85ec53n)
  return (hash ^ (hash >> 33n)).toString(16).padStart(16, '0')
}
const hex = (text: string) => {
  const { high, low } = hash64(text)
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0')
}

describe('LD-1 the hash', () => {
  it('is FNV-1a with the finaliser of MurmurHash3', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(hex(text)).toBe(slow(text))
      }),
      { seed: 71, numRuns: 3000 },
    )
  })

  it.each([
    ['', 'efd01f60ba992926', 294],
    ['a', '82a2a958a9bece5b', 603],
    ['contact-1', '1df0510bd183c905', 261],
    ['row:45211', '653fe90c732f0b21', 801],
    ['Zürich', '24b22821293c05d0', 464],
    ['日本', '1230c55089fe4e43', 579],
    ['😀 smile', '7ab07a11d2a76d04', 260],
    ['person@example.com', '7ed64c7edcc28401', 1],
  ] as [string, string, number][])('of %j never changes', (text, hash, bucket) => {
    expect(hex(text)).toBe(hash)
    expect(bucketOf(text)).toBe(bucket)
  })

  it('takes an unpaired surrogate for U+FFFD', () => {
    expect(hex('\ud800')).toBe(hex('\ufffd'))
  })
})

describe('LD-2 a throw of the dice', () => {
  it.each([
    [[], 0.93676944839044],
    [['a'], 0.5440616146971633],
    [['contact-1', 'flow', '', '1', 'split', '1', 'seed'], 0.9563138695741081],
    [['Zürich', 2], 0.2732254772690976],
  ] as [(string | number)[], number][])('of %j never changes', (parts, value) => {
    expect(hash01(parts)).toBe(value)
  })

  it('lies in [0, 1) and keeps the parts apart', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 5 })), fc.array(fc.string({ maxLength: 5 })), (left, right) => {
        const dice = hash01(left)
        expect(dice).toBeGreaterThanOrEqual(0)
        expect(dice).toBeLessThan(1)
        expect(hash01(right) === dice).toBe(left.length === right.length && left.every((part, index) => part === right[index]))
      }),
      { seed: 72, numRuns: 2000 },
    )
    expect(hash01(['ab', 'c'])).not.toBe(hash01(['a', 'bc']))
    expect(hash01(['a'])).not.toBe(hash01(['a', '']))
  })

  it('is even for keys that differ by little, in one split and between two', () => {
    const tenths = Array.from({ length: 10 }, () => 0)
    let both = 0
    const people = 50_000
    for (let i = 0; i < people; i++) {
      const here = hash01([`contact-${i}`, 'flow', 'split-1'])
      const index = Math.floor(here * 10)
      tenths[index] = (tenths[index] ?? 0) + 1
      if (here < 0.5 && hash01([`contact-${i}`, 'flow', 'split-2']) < 0.5) both++
    }
    // Five standard deviations of a fair draw.
    for (const count of tenths) expect(Math.abs(count - people / 10)).toBeLessThan(5 * Math.sqrt(people * 0.09))
    expect(Math.abs(both - people / 4)).toBeLessThan(5 * Math.sqrt(people * 0.1875))
  })
})

describe('LD-3 buckets', () => {
  it.each([
    ['row numbers', (i: number) => String(i)],
    ['addresses', (i: number) => `person${i}@example.com`],
    ['padded keys', (i: number) => `C-${String(i).padStart(8, '0')}`],
  ])('are even for %s (chi-square)', (_, key) => {
    const counts = new Array<number>(1024).fill(0)
    const keys = 102_400
    for (let i = 0; i < keys; i++) {
      const bucket = bucketOf(key(i))
      counts[bucket] = (counts[bucket] ?? 0) + 1
    }
    const chi = counts.reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0)
    // 1,023 degrees of freedom: mean 1,023, standard deviation 45; far too even would be as suspicious.
    expect(chi).toBeGreaterThan(1023 - 5 * 45)
    expect(chi).toBeLessThan(1023 + 5 * 45)
  })
})

describe('LD-4 shares', () => {
  it.each([
    [[50, 50], 0, 0],
    [[50, 50], 0.4999, 0],
    [[50, 50], 0.5, 1],
    [[0, 100], 0, 1],
    [[100, 0], 0.999999, 0],
    [[1, 1, 2], 0.5, 2],
    [[0.1, 0.2, 0.7], 1 - 2 ** -53, 2],
  ])('%j at %d is %i', (weights, dice, index) => {
    expect(pickShare(weights, dice)).toBe(index)
  })

  it.each([[[]], [[0, 0]], [[-1, 2]], [[Number.NaN]]])('refuses %j', (weights) => {
    expect(() => pickShare(weights, 0.5)).toThrow(RangeError)
  })
})
