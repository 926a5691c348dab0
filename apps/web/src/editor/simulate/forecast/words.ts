import type { FlowForecast, ForecastNote, Rate } from '@baton/engine'
import { shareBand, shareOf } from '@baton/engine'
import { foldNumber, fullNumber } from '../../../ui/numbers.ts'

interface Band {
  p10: number
  mid: number
  p90: number
}

const DAY = 86_400_000
const short = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 })
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })

const rounded = (value: number) => (Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value))
/** A count as it is read: tenths below ten. */
export const figure = (value: number): string => foldNumber(rounded(value))

/** The middle with what it lies between, as far as that says anything: "412 (388–431)". */
export function bandWords({ p10, mid, p90 }: Band, words: (value: number) => string = figure): string {
  const [low, middle, high] = [words(p10), words(mid), words(p90)]
  return low === high ? middle : `${middle} (${spanWords(low, high, '–')})`
}

/** From one to the other; a unit that both have is said once. */
function spanWords(low: string, high: string, between: string): string {
  const [unit] = / \D+$/.exec(low) ?? ['']
  return unit !== '' && high.endsWith(unit) ? `${low.slice(0, -unit.length)}${between}${high}` : `${low}${between}${high}`
}

/** Only what it lies between: "388 to 431". */
export function betweenWords({ p10, p90 }: Band): string {
  const [low, high] = [figure(p10), figure(p90)]
  return low === high ? low : `${low} to ${high}`
}

/** A change with its sign, and whether it is sure to be one. */
export function changeWords({ p10, mid, p90 }: Band, said: (value: number) => string = figure): { words: string; sure: boolean } {
  const signed = (value: number) => (rounded(value) === 0 ? '0' : `${value > 0 ? '+' : '−'}${said(Math.abs(value))}`)
  const words = signed(p10) === signed(p90) ? signed(mid) : `${signed(mid)} (${spanWords(signed(p10), signed(p90), ' to ')})`
  return { words, sure: p10 > 0 || p90 < 0 }
}

/** So many of something: "1 territory", "3 territories". */
export const countWords = (count: number, one: string, more: string): string => `${fullNumber(count)} ${count === 1 ? one : more}`

/** Per cent with as many places as small shares need. */
export function shareWords(share: number): string {
  const of = 100 * share
  return `${of !== 0 && of < 1 ? Number(of.toPrecision(1)) : short.format(of)}%`
}

/** Where a rate comes from, and how sure it is. */
export function sourceWords(rate: Rate): string {
  switch (rate.from) {
    case 'measured':
      return `${fullNumber(rate.yes)} of ${rate.of}${likelyWords(rate)}`
    case 'default':
      return `a starting value: nothing was counted yet${likelyWords(rate)}`
    case 'set':
      return 'set by hand'
  }
}

/** Between what it lies in eight of ten cases: a forecast draws it from there. */
function likelyWords(rate: Rate): string {
  const band = shareBand(rate)
  if (!band) return ''
  const [low, high] = [shareWords(band.p10), shareWords(band.p90)]
  return low === high ? '' : `, likely ${low.replace('%', '')}–${high}`
}

export const percentOf = (rate: Rate): number => Number((100 * shareOf(rate)).toPrecision(3))

/** How long people stay, in the unit that fits. */
export function stayWords(minutes: number): string {
  if (minutes < 1) return 'at once'
  if (minutes < 90) return `${Math.round(minutes)} min`
  if (minutes < 36 * 60) return `${short.format(minutes / 60)} h`
  return `${short.format(minutes / 1440)} days`
}

/** A day of a forecast, counted from its first instant. */
export const dayWords = (from: number, day: number): string => date.format(from + day * DAY)

/** A stretch of time by its last day. */
export function stretchWords({ from, stretch, days }: Pick<FlowForecast, 'from' | 'stretch' | 'days'>, at: number): string {
  const end = Math.min(from + (at + 1) * stretch, from + days * DAY)
  const count = Math.round((end - from) / DAY)
  return `${date.format(end - 1)}, after ${count} ${count === 1 ? 'day' : 'days'}`
}

/** What one has to know to read a forecast right. */
export function noteWords(note: ForecastNote, nameOf: (node: string) => string): string {
  switch (note.code) {
    case 'sampled':
      return `${fullNumber(note.sample)} people were played, each for ${short.format(note.people / note.sample)} of ${fullNumber(note.people)}. Room in teams and the pace of lines were divided by the same.`
    case 'pressure': {
      const leads = note.leadsPerWeek > 0 ? ` and ${figure(note.leadsPerWeek)} leads a week` : ''
      return `Other flows were not played: ${note.flows.join(', ')}. What they did of late was added: ${short.format(note.mailsPerWeek)} mails a week for each person${leads}.`
    }
    case 'shared':
      return note.leads.length > 0
        ? 'People share the turns and the room of sales, so all were played at once in the order of time.'
        : 'People share a line, so all were played at once in the order of time.'
    case 'deeds-drawn':
      return `What people do by themselves was drawn at: ${note.nodes.map(nameOf).join(', ')}.`
    case 'no-value':
      return 'What a won deal is worth is not set, so no revenue is shown.'
  }
}
