/** A template as JSON; what is wrong with it otherwise. Placeholders stand within its texts, so it is JSON before and after. */
export function readTemplate(json: string): { ok: unknown } | { say: string } {
  if (json.trim() === '') return { say: 'Write the JSON to send, such as {"email": "{{contact.email}}"}.' }
  try {
    return { ok: JSON.parse(json) }
  } catch {
    return { say: 'This is no JSON. Put names and texts into double quotes, also {{contact.email}}, and check the commas.' }
  }
}

/** Every text of a JSON value, names not counted. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsOf)
}
