const ASCII = /^[\0-\x7f]*$/

/**
 * The copy of a text that comparisons use: NFC, lower case, NFC again.
 * Lower case is that of the root locale, so it does not depend on where it runs; lower-casing can break NFC (it maps İ to two
 * code points), hence the second pass. It is no full case folding: ß stays ß and is not SS. Rule LX-1.
 */
export function fold(text: string): string {
  // Nearly all texts are of ASCII, which has one form only.
  if (ASCII.test(text)) return text.toLowerCase()
  return text.normalize('NFC').toLowerCase().normalize('NFC')
}
