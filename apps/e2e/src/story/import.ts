import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const FILE = [
  'E-mail;First name;Last name;Job title;Company;Country',
  'ingrid@kystfrakt.example;Ingrid;Solheim;Controller;Kystfrakt Logistics;NO',
  'peter@duna.example;Peter;Nagy;Controller;Duna Components;HU',
  'paul@kolmar.example;Paul;Nowak;Engineer;Kolmar Packaging;PL',
  'not an address;Rita;Wrong;Controller;Nowhere;DE',
].join('\r\n')

/** Brings people in from a file, all of whom agreed to mail. One line has no address: it is named with its reason. */
export async function importPeople(page: Page, base: string): Promise<void> {
  await take(page, base)
  await page.getByText('All rows are read').waitFor()
  expect(await figures(page)).toEqual({ 'new people': 3, updated: 0, unchanged: 0, rejected: 1 })
  const rejected = page.getByRole('table', { name: 'Rejected rows' }).getByRole('row', { name: /not an address/ })
  expect(await rejected.textContent()).toMatch(/^5/)
  await take(page, base)
  await page.getByText('All rows are read').waitFor()
  expect(await figures(page)).toEqual({ 'new people': 0, updated: 0, unchanged: 3, rejected: 1 })
}

/** Takes a file of people who all agreed to mail, without a look at the report. */
export async function take(page: Page, base: string, file = FILE): Promise<void> {
  await page.goto(`${base}/imports`)
  await page.getByLabel('File of people').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
  await page.getByRole('radio', { name: /All of them agreed/ }).check()
  await page.getByLabel('Where and when they agreed').fill('Ticked the box of the newsletter form')
  await page.getByRole('button', { name: /^Import / }).click()
}

/** The four figures of the report, by their words. */
async function figures(page: Page): Promise<Record<string, number>> {
  const text = (await page.locator('.report-figures').textContent()) ?? ''
  return Object.fromEntries(
    [...text.matchAll(/(\d+)\s*(new people|updated|unchanged|rejected)/g)].map(([, n, words]) => [words ?? '', Number(n)]),
  )
}
