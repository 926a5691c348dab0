import { describe, expect, it } from 'vitest'
import { contrast, dichromacies, distance } from './contrast.ts'
import { readTokens, type Tokens } from './read-tokens.ts'
import css from './tokens.css?raw'

const sheet = readTokens(css)
const categories = ['trigger', 'wait', 'logic', 'action', 'sales', 'exit']
const pairs = categories.flatMap((one, at) => categories.slice(at + 1).map((other) => [one, other] as const))
const of = (tokens: Tokens, name: string) => tokens[name] ?? `missing --${name}`

describe('arithmetic', () => {
  it('black on white is 21, a colour on itself 1', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
    expect(contrast('#2a5cda', '#2a5cda')).toBe(1)
  })
  it('white and black lie 100 apart in OKLab', () => {
    expect(distance('#ffffff', '#000000')).toBeCloseTo(100, 0)
  })
})

describe.each([
  ['light', sheet.light, { normal: 13.5, dichromat: 7.9 }],
  ['dark', sheet.dark, { normal: 14.3, dichromat: 6.8 }],
] as const)('%s', (_, tokens, least) => {
  const surfaces = ['surface', 'surface-2', 'raised', 'canvas']
  it.each(['text', 'text-2', 'text-3'].flatMap((text) => surfaces.map((on) => [text, on])))(
    'words in %s are readable on %s',
    (text, on) => {
      expect(contrast(of(tokens, text), of(tokens, on))).toBeGreaterThanOrEqual(4.5)
    },
  )
  it.each([
    ['on-ink', 'ink'],
    ['on-accent', 'accent'],
    ['accent', 'surface'],
    ['accent', 'accent-soft'],
    ['danger', 'surface'],
    ['danger', 'danger-soft'],
    ['warn', 'surface'],
    ['warn', 'warn-soft'],
    ['ok', 'surface'],
    ['ok', 'ok-soft'],
    ['note-text', 'note'],
    ['text-2', 'n3'],
  ])('%s is readable on %s', (text, on) => {
    expect(contrast(of(tokens, text), of(tokens, on))).toBeGreaterThanOrEqual(4.5)
  })
  it('the border that is the only cue of a text field has 3:1', () => {
    expect(contrast(of(tokens, 'line-input'), of(tokens, 'surface'))).toBeGreaterThanOrEqual(3)
  })
  it.each(categories)('the glyph on the %s tile and its name as text are readable', (name) => {
    if (name !== 'exit') expect(contrast(of(tokens, 'on-cat'), of(tokens, name))).toBeGreaterThanOrEqual(5)
    expect(contrast(of(tokens, name), of(tokens, 'surface'))).toBeGreaterThanOrEqual(4.5)
  })
  it('any two categories differ in normal sight', () => {
    expect(Math.min(...pairs.map(([a, b]) => distance(of(tokens, a), of(tokens, b))))).toBeGreaterThanOrEqual(least.normal)
  })
  it.each(dichromacies)('any two categories differ under %s', (sight) => {
    expect(Math.min(...pairs.map(([a, b]) => distance(of(tokens, a), of(tokens, b), sight)))).toBeGreaterThanOrEqual(least.dichromat)
  })
})
