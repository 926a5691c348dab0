import type { Breakdown } from '../findings.ts'
import type { Ran } from './runner.ts'
import type { Spent } from './timed.ts'

/** Statements that the gate of mail needs: what was sent before, and who has the contact. */
const GATE = /^select from (send|handoff)$/
const COMMIT = 'begin and commit'
const LISTED = 14

const us = (ms: number, turns: number) => Number(((ms * 1000) / turns).toFixed(1))
const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(0)} %`

/**
 * Where the time of turns goes, by part: of a run with one batch at a time, in which the parts follow one another.
 * @param spent what its statements took
 */
export function partsTable({ turns, seconds, parts }: Ran, spent: ReadonlyMap<string, Spent>): Breakdown {
  const of = (test: (name: string) => boolean) => [...spent].reduce((sum, [name, { ms }]) => (test(name) ? sum + ms : sum), 0)
  const gate = of((name) => GATE.test(name))
  const commit = of((name) => name === COMMIT)
  const whole = seconds * 1000
  const rows: [string, number][] = [
    ['claim: inbox, wheel, rechecks, whose timers they are', parts.claim],
    ['facts of the contacts', parts.facts - gate],
    ['gate: mails before, leads', gate],
    ['engine: conditions, steps, reasons', parts.engine],
    ['write: state, journal, points, mails, counts, wheel', parts.store - commit],
    ['begin and commit', commit],
    ['between batches', whole - parts.claim - parts.facts - parts.engine - parts.store],
  ]
  return {
    title: 'Where the time of a turn goes, one batch at a time',
    columns: ['part', 'µs a turn', 'share'],
    rows: [...rows.map(([name, ms]) => [name, us(ms, turns), share(ms, whole)]), ['all', us(whole, turns), '100 %']],
  }
}

/** The statements that take longest, from where the runner stands. */
export function statementsTable({ turns }: Ran, spent: ReadonlyMap<string, Spent>): Breakdown {
  const rows = [...spent].sort(([, a], [, b]) => b.ms - a.ms).slice(0, LISTED)
  return {
    title: 'Statements of the same run, with the way there and back',
    columns: ['statement', 'times', 'µs a turn'],
    rows: rows.map(([name, { calls, ms }]) => [name, calls, us(ms, turns)]),
  }
}
