import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Soak } from './round.ts'
import { playBeside, playRounds, shares } from './rounds.ts'

const seeds = (all: readonly { seed: number; rounds: number }[]) =>
  all.flatMap(({ seed, rounds }) => Array.from({ length: rounds }, (_, i) => seed + i))

describe('rounds that are played side by side', () => {
  test.each([
    { rounds: 10, wanted: 3, together: 1, parts: 3 },
    { rounds: 2, wanted: 4, together: 1, parts: 2 },
    { rounds: 10, wanted: 2, together: 4, parts: 2 },
    { rounds: 1, wanted: 1, together: 1, parts: 1 },
  ])(
    '$rounds in $wanted processes: each seed is played once, and what belongs together stays so',
    ({ rounds, wanted, together, parts }) => {
      const cut = shares({ seed: 40, rounds, inject: 'bug' }, wanted, together)
      expect(cut).toHaveLength(parts)
      expect(seeds(cut)).toEqual(seeds([{ seed: 40, rounds }]))
      for (const one of cut) {
        expect(one).toMatchObject({ inject: 'bug' })
        expect((one.seed - 40) % together).toBe(0)
      }
    },
  )

  test('are added up: what they counted, what they met, which failed', async () => {
    const program = join(import.meta.dirname, '../../reports/share.mjs')
    mkdirSync(join(program, '..'), { recursive: true })
    writeFileSync(
      program,
      `const [name, , seed, , rounds] = process.argv.slice(2)
       process.send({ sums: { rounds: Number(rounds) }, seen: [name, seed], failing: seed === '2' ? [2] : [] }, () => process.disconnect())`,
    )
    const all = [
      { seed: 1, rounds: 1, inject: undefined },
      { seed: 2, rounds: 3, inject: undefined },
    ]
    expect(await playBeside(program, 'kill', all)).toEqual({ sums: { rounds: 4 }, seen: ['kill', '1', '2'], failing: [2] })
    writeFileSync(program, 'process.exit(3)')
    await expect(playBeside(program, 'kill', all)).rejects.toThrow('ended without a word (3)')
  })
})

test('a round that throws has failed, and the next ones are played', async () => {
  const soak: Soak = {
    all: ['it'],
    round: async (seed) => {
      if (seed === 7) throw new Error('It broke')
      return { wrong: [], counts: { n: 2 }, seen: ['it'] }
    },
  }
  expect(await playRounds('toy', soak, { seed: 6, rounds: 3, inject: undefined })).toEqual({ sums: { n: 4 }, seen: ['it'], failing: [7] })
})
