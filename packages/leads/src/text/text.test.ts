import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareText, fold } from '../index.ts'

describe('LX-1 the folded copy', () => {
  it.each([
    ['Zürich', 'zürich'],
    ['Zu\u0308rich', 'z\u00fcrich'],
    ['STRASSE', 'strasse'],
    ['Straße', 'straße'],
    ['\u0130', 'i\u0307'],
    ['ΟΔΟΣ', 'οδος'],
    ['\u212b', '\u00e5'],
    ['', ''],
  ])('%j becomes %j', (text, folded) => {
    expect(fold(text)).toBe(folded)
  })

  it('is stable and in NFC', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const folded = fold(text)
        expect(fold(folded)).toBe(folded)
        expect(folded.normalize('NFC')).toBe(folded)
        expect(fold(text.normalize('NFD'))).toBe(folded)
      }),
      { seed: 61, numRuns: 2000 },
    )
  })
})

describe('LX-2 order by code point', () => {
  it.each([
    ['a', 'b', -1],
    ['Z', 'a', -1],
    ['a', 'a', 0],
    ['a', 'ab', -1],
    ['', 'a', -1],
    ['\uffee', '\u{1f600}', -1],
    ['\ue000', '\ud800\udc00', -1],
    ['10', '9', -1],
  ])('%j against %j', (left, right, sign) => {
    expect(Math.sign(compareText(left, right))).toBe(sign)
    expect(Math.sign(compareText(right, left))).toBe(sign === 0 ? 0 : -sign)
  })

  it('agrees with comparing code points one by one', () => {
    const slow = (left: string, right: string) => {
      const a = Array.from(left, (char) => char.codePointAt(0) ?? 0)
      const b = Array.from(right, (char) => char.codePointAt(0) ?? 0)
      const at = a.findIndex((point, index) => point !== b[index])
      if (at < 0) return a.length - b.length
      return at >= b.length ? 1 : (a[at] ?? 0) - (b[at] ?? 0)
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 6 }), fc.string({ unit: 'binary', maxLength: 6 }), (left, right) => {
        expect(Math.sign(compareText(left, right))).toBe(Math.sign(slow(left, right)))
      }),
      { seed: 62, numRuns: 3000 },
    )
  })
})
