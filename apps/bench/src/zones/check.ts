import { canonicalZone, fromWall, isZone, offsetAt, toWall, transitionsBetween } from '@baton/leads'
import { type Change, readBackward, readZdump } from './tables.ts'

/** What was compared, and every difference in words. */
export interface Compared {
  zones: number
  changes: number
  aliases: number
  differences: string[]
}

const FROM = Date.UTC(2018, 0, 1)
/** `zdump -c 2018,2032` ends before 2032 begins. */
const TO = Date.UTC(2032, 0, 1) - 1
const iso = (at: number) => new Date(at).toISOString()

/**
 * Holds Baton's clocks against the tables of the tz database: every change of the zones in `zdump`, what lies on both sides of it, what
 * becomes of the readings it skips or doubles, and every alias of `backward`.
 */
export function compareZones(zdump: string, backward: string): Compared {
  const changes = readZdump(zdump)
  // A zone whose clock never changed stands in the table too, and must have no change here.
  const zones = [...new Set([...zdump.matchAll(/^\S+/gm)].map((it) => it[0]))]
  const aliases = readBackward(backward)
  const differences = [
    ...zones.flatMap((zone) =>
      compareList(
        zone,
        changes.filter((it) => it.zone === zone && it.at >= FROM && it.at <= TO),
      ),
    ),
    ...changes.flatMap(compareChange),
    ...aliases.flatMap(({ alias, target }) => compareAlias(alias, target)),
  ]
  return { zones: zones.length, changes: changes.length, aliases: aliases.length, differences }
}

function compareList(zone: string, expected: readonly Change[]): string[] {
  const found = transitionsBetween(zone, FROM - 1, TO).map((it) => it.at)
  const missed = expected.filter((it) => !found.includes(it.at)).map((it) => `${zone}: the change at ${iso(it.at)} is missing`)
  const made = found.filter((at) => !expected.some((it) => it.at === at)).map((at) => `${zone}: there is no change at ${iso(at)}`)
  return [...missed, ...made]
}

/** The rule in the words of the table: what is skipped is the change itself, what comes twice is the first. */
function compareChange({ zone, at, before, after }: Change): string[] {
  const wanted: [string, number, number][] = [
    ['the offset a millisecond before', offsetAt(zone, at - 1), before],
    ['the offset at the change', offsetAt(zone, at), after],
    ['the wall at the change', toWall(at, zone), at + after],
  ]
  const middle = at + (before + after) / 2
  if (after > before) {
    wanted.push(['the first reading that is skipped', fromWall(at + before, zone), at])
    wanted.push(['one in the middle of the gap', fromWall(middle, zone), at])
    wanted.push(['the first reading after the gap', fromWall(at + after, zone), at])
  } else {
    wanted.push(['the first reading that comes twice', fromWall(at + after, zone), at - (before - after)])
    wanted.push(['one in the middle of the overlap', fromWall(middle, zone), middle - before])
    wanted.push(['the first reading after the overlap', fromWall(at + before, zone), at + (before - after)])
  }
  return wanted.filter(([, is, should]) => is !== should).map(([what, is, should]) => `${zone} ${iso(at)}: ${what} is ${is}, not ${should}`)
}

function compareAlias(alias: string, target: string): string[] {
  if (!isZone(alias)) return [`${alias} is not accepted`]
  if (canonicalZone(alias.toLowerCase()) !== alias) return [`${alias} is spelled ${canonicalZone(alias.toLowerCase())}`]
  const differs = [2019, 2026, 2031].flatMap((year) => [Date.UTC(year, 0, 15), Date.UTC(year, 6, 15)])
  return differs.filter((at) => offsetAt(alias, at) !== offsetAt(target, at)).map((at) => `${alias} differs from ${target} at ${iso(at)}`)
}
