/** A change of a zone's clock as `zdump -v` prints it: the last second before and the first after, as instants and on the wall. */
export interface Change {
  zone: string
  at: number
  /** Offset from UTC in ms, before and from then on. */
  before: number
  after: number
}

const LINE = /^(\S+) +\w{3} (\w{3}) +(\d+) (\d\d):(\d\d):(\d\d) (\d{4}) UT = .* gmtoff=(-?\d+)$/
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The changes of offset in the output of `zdump -v`, in order; changes of name or of the summer flag alone are none. */
export function readZdump(text: string): Change[] {
  const lines = text.split('\n').flatMap((line) => {
    const [, zone, month = '', day, hour, minute, second, year, gmtoff] = LINE.exec(line) ?? []
    if (zone === undefined) return []
    const instant = Date.UTC(Number(year), MONTHS.indexOf(month), Number(day), Number(hour), Number(minute), Number(second))
    return [{ zone, instant, offset: Number(gmtoff) * 1000 }]
  })
  return lines.flatMap((line, i) => {
    const last = lines[i - 1]
    const pair = last?.zone === line.zone && last.instant === line.instant - 1000 && last.offset !== line.offset
    return pair ? [{ zone: line.zone, at: line.instant, before: last.offset, after: line.offset }] : []
  })
}

/** The aliases in the tz database's file `backward`, with what each stands for. */
export function readBackward(text: string): { alias: string; target: string }[] {
  return text.split('\n').flatMap((line) => {
    const [word, target, alias] = line.replace(/#.*/, '').trim().split(/\s+/)
    return word === 'Link' && target !== undefined && alias !== undefined ? [{ alias, target }] : []
  })
}
