/**
 * Order of two texts by code point: negative, 0, positive. Not by UTF-16 unit, which puts emoji before U+E000…U+FFFF, so that
 * it agrees with a database under collation "C" in UTF-8. Callers fold first if case shall not matter. Rule LX-2.
 */
export function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let i = 0; i < length; i++) {
    const a = left.charCodeAt(i)
    const b = right.charCodeAt(i)
    // Surrogates stand for code points above U+FFFF: lift them above every other unit.
    if (a !== b) return rank(a) - rank(b)
  }
  return left.length - right.length
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
