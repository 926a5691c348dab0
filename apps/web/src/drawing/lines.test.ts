import { describe, expect, it } from 'vitest'
import { breakLines, type Run } from './lines.ts'

/** Every letter is one wide, a strong one two. */
const measure = (text: string, strong: boolean) => text.length * (strong ? 2 : 1)
const lines = (runs: readonly Run[], width: number, most: number) =>
  breakLines(runs, { width, most, measure }).map((line) => line.map((it) => (it.strong ? `*${it.text}*` : it.text)).join(''))
const plain = (text: string): Run => ({ text, strong: false })
const strong = (text: string): Run => ({ text, strong: true })

describe('words broken into lines', () => {
  it('break between words, and the look goes on over the break', () => {
    expect(lines([plain('wait '), strong('two days'), plain(' or so')], 12, 3)).toEqual(['wait *two*', '*days* or', 'so'])
  })

  it('are cut at the end where there are more lines than may be', () => {
    expect(lines([plain('one two three four five')], 9, 2)).toEqual(['one two', 'three fo…'])
    expect(lines([strong('recording'), plain(' again and again')], 18, 1)).toEqual(['*recordin…*'])
  })

  it('of which one is wider than a line break within it', () => {
    expect(lines([plain('abcdefghij')], 4, 9)).toEqual(['abcd', 'efgh', 'ij'])
    expect(lines([plain('abcdefghij')], 4, 2)).toEqual(['abcd', 'efg…'])
  })

  it('never get wider than the line', () => {
    for (let width = 3; width < 20; width++) {
      for (const line of breakLines([plain('a bb ccc '), strong('dddd eeeee'), plain(' f')], { width, most: 3, measure }))
        expect(line.reduce((sum, it) => sum + measure(it.text, it.strong), 0)).toBeLessThanOrEqual(width)
    }
  })

  it('of nothing are no line', () => {
    expect(lines([], 10, 2)).toEqual([])
  })
})
