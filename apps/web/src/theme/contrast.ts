/** Colour arithmetic for the checks of the tokens: WCAG contrast, distance in OKLab, and how dichromats see a colour. */

/** Red, green, blue; linear light, each 0–1. */
type Light = readonly [number, number, number]

/** Reads `#rrggbb` into linear light. @throws when the text is no such colour. */
export function parseHex(hex: string): Light {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex)
  if (!found) throw new Error(`not a colour of the form #rrggbb: ${hex}`)
  const channel = (index: number) => {
    const value = Number.parseInt(found[index] ?? '0', 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [channel(1), channel(2), channel(3)]
}

const luminance = ([r, g, b]: Light) => 0.2126 * r + 0.7152 * g + 0.0722 * b

/** Contrast of two colours, 1–21, as WCAG 2.2 defines it. */
export function contrast(one: string, other: string): number {
  const a = luminance(parseHex(one))
  const b = luminance(parseHex(other))
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** OKLab after Björn Ottosson, from linear light. */
function oklab([r, g, b]: Light): Light {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** Machado, Oliveira and Fernandes 2009, severity 1.0; applied in linear light. */
const sights = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const

export type Sight = keyof typeof sights
export const dichromacies: readonly Sight[] = ['protanopia', 'deuteranopia', 'tritanopia']

function seen([r, g, b]: Light, sight: Sight): Light {
  const m = sights[sight]
  const clamp = (x: number) => Math.min(1, Math.max(0, x))
  return [clamp(m[0] * r + m[1] * g + m[2] * b), clamp(m[3] * r + m[4] * g + m[5] * b), clamp(m[6] * r + m[7] * g + m[8] * b)]
}

/** Distance of two colours in OKLab × 100, as somebody with the given sight sees them. */
export function distance(one: string, other: string, sight: Sight = 'normal'): number {
  const a = oklab(seen(parseHex(one), sight))
  const b = oklab(seen(parseHex(other), sight))
  return 100 * Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}
