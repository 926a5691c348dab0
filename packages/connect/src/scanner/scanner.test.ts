import { expect, test } from 'vitest'
import { type ClickFacts, isMachineClick, isMachineOpen } from './scanner.ts'

const CHROME = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36'
const person: ClickFacts = { userAgent: CHROME, method: 'GET', msSinceSent: 60_000, linksInMail: 3, linksFollowed: 1, hiddenLink: false }

test('a person is a person, also with two of three links at once, or the only link', () => {
  expect(isMachineClick(person)).toEqual({ machine: false, reasons: [] })
  expect(isMachineClick({ ...person, linksFollowed: 2 }).machine).toBe(false)
  expect(isMachineClick({ ...person, linksInMail: 1 }).machine).toBe(false)
})

test.each<[string, Partial<ClickFacts>]>([
  ['not-a-page-view', { method: 'HEAD' }],
  ['no-agent', { userAgent: undefined }],
  ['no-agent', { userAgent: ' ' }],
  ['known-agent', { userAgent: 'Mozilla/5.0 (compatible; Googlebot/2.1)' }],
  ['known-agent', { userAgent: 'BarracudaCentral/1.0' }],
  ['known-agent', { userAgent: 'python-requests/2.31' }],
  ['known-agent', { userAgent: 'Mozilla/5.0 HeadlessChrome/120' }],
  ['too-soon', { msSinceSent: 800 }],
  ['many-links', { linksFollowed: 3 }],
  ['many-links', { linksInMail: 20, linksFollowed: 4 }],
  ['hidden-link', { hiddenLink: true }],
])('a click is a machine’s: %s', (reason, part) => {
  expect(isMachineClick({ ...person, ...part })).toEqual({ machine: true, reasons: [reason] })
})

test('every reason is given', () => {
  expect(
    isMachineClick({ userAgent: '', method: 'HEAD', msSinceSent: 0, linksInMail: 2, linksFollowed: 2, hiddenLink: true }).reasons,
  ).toEqual(['not-a-page-view', 'no-agent', 'hidden-link', 'too-soon', 'many-links'])
})

test('opens through the picture proxies of Gmail and Yahoo are people, Apple’s prefetch is not', () => {
  const open = { method: 'GET', msSinceSent: 60_000 }
  for (const userAgent of [
    'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
    'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html',
    CHROME,
  ])
    expect(isMachineOpen({ ...open, userAgent })).toEqual({ machine: false, reasons: [] })
  expect(isMachineOpen({ ...open, userAgent: 'Mozilla/5.0' })).toEqual({ machine: true, reasons: ['prefetch'] })
  expect(isMachineOpen({ ...open, userAgent: CHROME, msSinceSent: 100 }).reasons).toEqual(['too-soon'])
})
