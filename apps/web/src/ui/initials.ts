/** One or two capitals for a disc: first letter of the first and of the last word; of an address, what stands before the @. */
export function initials(name: string): string {
  const words = (name.split('@')[0] ?? '').split(/[\s._-]+/).filter((word) => /\p{L}|\p{N}/u.test(word))
  const first = words[0]?.[0] ?? '?'
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''
  return (first + last).toUpperCase()
}

/** Dark enough that white letters have 4.5:1 on each. */
const hues = ['#7a4b63', '#4b5a8a', '#7d5a2c', '#5b4f8f', '#3d6b62', '#8a4a4a', '#46647a', '#56585d'] as const

/** The same person has the same colour on every page: it follows from the letters of the name. */
export function avatarHue(name: string): string {
  let sum = 0
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 65_521
  return hues[sum % hues.length] ?? hues[0]
}
