/**
 * The names without a slash that the tz database knows. Runtimes accept more (three letters such as IST or PST), and not all
 * of them the same; only these are the same everywhere.
 */
const ONE_WORD = new Set(
  (
    'UTC GMT UCT Zulu Universal Greenwich GMT0 GMT+0 GMT-0 CET EET MET WET EST MST HST EST5EDT CST6CDT MST7MDT PST8PDT ' +
    'Cuba Egypt Eire GB GB-Eire Hongkong Iceland Iran Israel Jamaica Japan Kwajalein Libya Navajo NZ NZ-CHAT Poland Portugal ' +
    'PRC ROC ROK Singapore Turkey W-SU'
  )
    .split(' ')
    .map((name) => name.toLowerCase()),
)

const SHAPE = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/

/** Enough for every name of the tz database; a caller who feeds spelling variants cannot grow it without bound. */
const CACHE_LIMIT = 2_000
const known = new Map<string, string>()

/**
 * The name of a time zone in the spelling of the tz database, or undefined if there is no such zone.
 * An alias stays an alias (Asia/Calcutta is not rewritten to Asia/Kolkata): runtimes differ in which of the two they call
 * canonical, and a journal must read the same in browser and server. Bare offsets (+01:00) are no zones. Rule LT-1.
 */
export function canonicalZone(name: string): string | undefined {
  const cached = known.get(name)
  if (cached !== undefined) return cached
  if (name.length > 64 || !SHAPE.test(name)) return undefined
  if (!name.includes('/') && !ONE_WORD.has(name.toLowerCase())) return undefined
  if (/^systemv\//i.test(name)) return undefined
  const spelled = spell(name)
  if (spelled === undefined) return undefined
  if (known.size >= CACHE_LIMIT) known.clear()
  known.set(name, spelled)
  return spelled
}

/** Whether `name` is a time zone, in any letter case, aliases included. Rule LT-1. */
export function isZone(name: string): boolean {
  return canonicalZone(name) !== undefined
}

/** Words of zone names that are not written with one capital letter: all capitals, or more than one. In lower case → as spelled. */
const WORDS: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'UTC GMT GMT0 UCT US CET EET MET WET EST MST HST EST5EDT CST6CDT MST7MDT PST8PDT GB NZ CHAT PRC ROC ROK SU ACT LHI NSW IN ' +
    'es of au McMurdo DumontDUrville EasterIsland DeNoronha BajaNorte BajaSur ComodRivadavia'
  )
    .split(' ')
    .map((word) => [word.toLowerCase(), word]),
)
const PART = /[A-Za-z][A-Za-z0-9]*/g

/** The spelling of the tz database for a name in any letter case; the runtime says whether there is such a zone. */
function spell(name: string): string | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: name })
    const own = format.resolvedOptions().timeZone
    if (own.toLowerCase() === name.toLowerCase()) return own
  } catch {
    return undefined
  }
  return name.replace(PART, (word) => WORDS[word.toLowerCase()] ?? word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
}
