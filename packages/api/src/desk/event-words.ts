/** An event's name as words: `demo.requested` reads Demo requested. A name that is words already stays. */
export function eventWords(type: string): string {
  if (/[A-Z ]/.test(type) && !/[._]/.test(type)) return type
  const words = type
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/[._-]+/g, ' ')
    .trim()
    .toLowerCase()
  return words === '' ? type : `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
