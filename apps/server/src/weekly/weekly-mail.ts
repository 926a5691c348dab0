import type { WeeklyReport } from '@baton/api'
import { formatInZone, HOUR, MINUTE } from '@baton/leads'
import { escaped } from '../deliver/letter.ts'

type Figure = Exclude<keyof WeeklyReport['now'], 'contactMs'>

const ROWS: readonly (readonly [Figure, string])[] = [
  ['handedOver', 'Handed over'],
  ['accepted', 'Accepted'],
  ['rejected', 'Rejected'],
  ['breached', 'Too late'],
  ['clawedBack', 'Taken back'],
  ['noResponse', 'No response'],
  ['won', 'Won'],
  ['lost', 'Lost'],
  ['revenue', 'Revenue'],
]

const number = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })
const count = (value: number): string => number.format(value)

/** "+3", "−2", "as before" */
function change(now: number, before: number): string {
  if (now === before) return 'as before'
  return now > before ? `+${count(now - before)}` : `−${count(before - now)}`
}

/** "1 h 5 min", "40 min", "2 days"; a dash where there was no contact. */
function span(ms: number | null): string {
  if (ms === null) return '–'
  const minutes = Math.round(ms / MINUTE)
  if (minutes < 60) return `${minutes} min`
  if (ms < 48 * HOUR) return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
  return `${Math.round(ms / (24 * HOUR))} days`
}

/** The first and last day of the week. */
export function weekDays({ week, zone }: WeeklyReport): string {
  return `${week.key} to ${formatInZone(week.to - 1, zone).slice(0, 10)}`
}

type Table = readonly (readonly string[])[]

/** The report as rows of words: the same for the text and for the HTML. */
function tables(report: WeeklyReport): { head: string; rows: Table }[] {
  const { now, before, reasons, flows, reps } = report
  const all: Table = [
    ['', 'This week', 'Week before', 'Change'],
    ...ROWS.map(([key, words]) => [words, count(now[key]), count(before[key]), change(now[key], before[key])]),
    ['Time to first contact, median', span(now.contactMs), span(before.contactMs), ''],
  ]
  const each = ({ name, ...it }: { name: string } & WeeklyReport['now']) => [
    ...[name, count(it.handedOver), count(it.accepted), count(it.rejected), count(it.breached), count(it.won)],
    span(it.contactMs),
  ]
  const heads = ['Accepted', 'Rejected', 'Too late', 'Won', 'First contact']
  return [
    { head: 'All', rows: all },
    {
      head: 'Why leads were rejected',
      rows:
        reasons.length === 0
          ? []
          : [['Reason', 'This week', 'Week before'], ...reasons.map(({ why, n, before: was }) => [why, count(n), count(was)])],
    },
    { head: 'By flow', rows: flows.length === 0 ? [] : [['Flow', 'Handed over', ...heads], ...flows.map(each)] },
    { head: 'By rep', rows: reps.length === 0 ? [] : [['Rep', 'Given', ...heads], ...reps.map(each)] },
  ].filter(({ rows }) => rows.length > 0)
}

const line = (row: readonly string[]): string => {
  const [name = '', ...figures] = row
  return `${name.padEnd(32)}${figures.map((it) => it.padStart(14)).join('')}`
}

const cell = (tag: 'td' | 'th', at: number, text: string): string =>
  `<${tag} style="padding:4px 12px 4px 0;text-align:${at === 0 ? 'left' : 'right'};border-bottom:1px solid #e3e3e8;font-weight:${tag === 'th' ? 600 : 400}">${escaped(text)}</${tag}>`

const grid = (rows: Table): string =>
  `<table style="border-collapse:collapse;font:14px/1.4 sans-serif">${rows
    .map((row, n) => `<tr>${row.map((text, at) => cell(n === 0 ? 'th' : 'td', at, text)).join('')}</tr>`)
    .join('')}</table>`

/** A weekly report as a mail; the same figures as its page, which the link opens. */
export function weeklyMail(report: WeeklyReport, baseUrl: string): { subject: string; text: string; html: string } {
  const { teamName, teamId, week } = report
  const link = `${baseUrl}/board/week?${new URLSearchParams({ ...(teamId === null ? {} : { team: teamId }), from: week.key }).toString()}`
  const title = `${teamName ?? 'All teams'}: leads from ${weekDays(report)}`
  const parts = tables(report)
  const foot = `The same as a page, with the weeks before: ${link}`
  return {
    subject: title,
    text: [title, ...parts.map(({ head, rows }) => [head, ...rows.map(line)].join('\n')), foot].join('\n\n'),
    html: `<!doctype html><html><body style="font:15px/1.5 sans-serif"><h1 style="font-size:18px">${escaped(title)}</h1>${parts
      .map(({ head, rows }) => `<h2 style="font-size:15px;margin:20px 0 6px">${escaped(head)}</h2>${grid(rows)}`)
      .join('')}<p><a href="${escaped(link)}">The same as a page, with the weeks before</a></p></body></html>`,
  }
}
