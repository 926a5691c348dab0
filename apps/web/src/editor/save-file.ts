/** A name that every system takes; letters of all scripts stay. */
const plainName = (name: string) =>
  name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '') || 'flow'

/** From the press until the browser surely reads the file. */
const KEPT = 60_000

/** Saves a file on the reader's machine. @returns its name */
export function saveFile(blob: Blob, name: string, ending: string): string {
  const link = document.createElement('a')
  const url = URL.createObjectURL(blob)
  link.href = url
  link.download = `${plainName(name)}.${ending}`
  link.click()
  // Some browsers begin to read only after this function is over.
  setTimeout(() => URL.revokeObjectURL(url), KEPT)
  return link.download
}
