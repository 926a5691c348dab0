const ADDRESS = /[^\s"'<>(),;:[\]\\@]+@[^\s"'<>(),;:[\]\\@]+\.[^\s"'<>(),;:[\]\\@]+/g

/** The addresses of a pasted list or a CSV file, each once, lower-cased, and how many lines had none (the head of a file is not counted). */
export function addressesIn(text: string): { addresses: string[]; without: number } {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const found = lines.map((line) => line.match(ADDRESS) ?? [])
  const addresses = new Set(found.flat().map((it) => it.toLowerCase().replace(/\.+$/, '')))
  const without = found.filter((it, i) => it.length === 0 && !(i === 0 && found.length > 1)).length
  return { addresses: [...addresses].filter((it) => it.length <= 254), without }
}
