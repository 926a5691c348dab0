import { z } from 'zod'

/** Under this name a passage carries a value. It begins with a letter, so that it is never one of a language's own names. */
export const carriedName = z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/)

export const isCarriedName = (text: string): boolean => carriedName.safeParse(text).success

/** The longest text that a passage carries under one name. */
export const MAX_CARRIED_TEXT = 1000

/** How a value from outside is read before it is carried. */
export const carriedType = z.enum(['text', 'number', 'yes-no'])
export type CarriedType = z.infer<typeof carriedType>

/** An untrusted value as one of the types a passage may carry; undefined where it does not fit, is empty, or is too long. */
export function readCarried(raw: unknown, type: CarriedType): string | number | boolean | undefined {
  switch (type) {
    case 'text': {
      if (typeof raw !== 'string' && typeof raw !== 'number' && typeof raw !== 'boolean') return undefined
      const text = String(raw)
      // What cannot be stored is not carried: a NUL, or half of a surrogate pair.
      const storable = !text.includes('\u0000') && !/\p{Surrogate}/u.test(text)
      return text !== '' && text.length <= MAX_CARRIED_TEXT && storable ? text : undefined
    }
    case 'number': {
      const number = typeof raw === 'number' ? raw : typeof raw === 'string' && raw.trim() !== '' ? Number(raw) : Number.NaN
      return Number.isFinite(number) ? number : undefined
    }
    case 'yes-no':
      if (typeof raw === 'boolean') return raw
      return raw === 'true' ? true : raw === 'false' ? false : undefined
  }
}

/** A place in a JSON answer: names and numbers of list items, joined by dots, as in `order.items.0.sku`. At most ten deep. */
export const isPath = (path: string): boolean => path.length <= 200 && /^[^.\s]+(\.[^.\s]+){0,9}$/.test(path)

/** What stands at a path of an untrusted JSON value; undefined where nothing does. Only the value's own properties are read. */
export function readPath(data: unknown, path: string): unknown {
  let at: unknown = data
  for (const part of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined
    at = Object.entries(at).find(([key]) => key === part)?.[1]
  }
  return at
}
