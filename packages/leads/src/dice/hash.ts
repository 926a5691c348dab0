/**
 * A 64-bit hash of a text as two unsigned halves: FNV-1a over the UTF-8 bytes in 64 bits, then the finaliser of MurmurHash3
 * (fmix64), because the low bits of bare FNV of short keys are not even enough for buckets. Both from their public descriptions.
 * In 16-bit limbs and plain numbers: a BigInt of it is about 30 times slower. The result is stored (buckets) and decides
 * (splits), so it never changes: the vectors in the tests are frozen. Rule LD-1.
 */
export interface Hash64 {
  /** Upper 32 bits, unsigned. */
  readonly high: number
  /** Lower 32 bits, unsigned. */
  readonly low: number
}

/** The hash of a text. An unpaired surrogate counts as U+FFFD, as everywhere when text becomes UTF-8. Rule LD-1. */
export function hash64(text: string): Hash64 {
  // FNV offset basis cbf29ce484222325, in 16-bit limbs from low to high.
  let a = 0x2325
  let b = 0x8422
  let c = 0x9ce4
  let d = 0xcbf2
  const eat = (byte: number) => {
    const x = a ^ byte
    // Times the FNV prime 2^40 + 0x1b3: the small part by limbs, 2^40 as a shift by 8 into the third limb.
    const t0 = x * 0x1b3
    const t1 = b * 0x1b3 + Math.floor(t0 / 65536)
    const t2 = c * 0x1b3 + Math.floor(t1 / 65536) + ((x << 8) & 0xffff)
    const t3 = d * 0x1b3 + Math.floor(t2 / 65536) + (((b << 8) | (x >>> 8)) & 0xffff)
    a = t0 & 0xffff
    b = t1 & 0xffff
    c = t2 & 0xffff
    d = t3 & 0xffff
  }
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i) ?? 0
    if (point > 0xffff) i++
    const safe = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point
    if (safe < 0x80) eat(safe)
    else if (safe < 0x800) {
      eat(0xc0 | (safe >> 6))
      eat(0x80 | (safe & 63))
    } else if (safe < 0x10000) {
      eat(0xe0 | (safe >> 12))
      eat(0x80 | ((safe >> 6) & 63))
      eat(0x80 | (safe & 63))
    } else {
      eat(0xf0 | (safe >> 18))
      eat(0x80 | ((safe >> 12) & 63))
      eat(0x80 | ((safe >> 6) & 63))
      eat(0x80 | (safe & 63))
    }
  }
  return mix({ high: ((d << 16) | c) >>> 0, low: ((b << 16) | a) >>> 0 })
}

/** MurmurHash3's fmix64. */
function mix(hash: Hash64): Hash64 {
  let { high, low } = multiply(shift33(hash), 0xff51afd7, 0xed558ccd)
  ;({ high, low } = multiply(shift33({ high, low }), 0xc4ceb9fe, 0x1a85ec53))
  return shift33({ high, low })
}

/** x ^ (x >> 33): the upper half, shifted by one more, falls on the lower. */
function shift33({ high, low }: Hash64): Hash64 {
  return { high, low: (low ^ (high >>> 1)) >>> 0 }
}

function multiply({ high, low }: Hash64, timesHigh: number, timesLow: number): Hash64 {
  const a = low & 0xffff
  const b = low >>> 16
  const x = timesLow & 0xffff
  const y = timesLow >>> 16
  // low × timesLow in full (64 bits), limb by limb; what lies above 64 bits of the whole product is not needed.
  const ax = a * x
  const middle = b * x + Math.floor(ax / 65536)
  const middle2 = a * y + (middle & 0xffff)
  const carry = b * y + Math.floor(middle / 65536) + Math.floor(middle2 / 65536)
  const lower = ((middle2 << 16) | (ax & 0xffff)) >>> 0
  const upper = (carry + Math.imul(high, timesLow) + Math.imul(low, timesHigh)) >>> 0
  return { high: upper, low: lower }
}
