import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** What has the focus, by the name that people know it by. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const at = document.activeElement
    if (!(at instanceof HTMLElement) || at === document.body) return ''
    const label = at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement ? at.labels?.[0]?.textContent : undefined
    const line = at.querySelector('[role=treeitem] > .unseen')?.textContent
    return (at.getAttribute('aria-label') ?? label ?? line ?? at.textContent ?? '').trim()
  })

/** Waits until something is so, also on a machine that is busy. */
export const becomes = <T>(ask: () => Promise<T>) => expect.poll(ask, { timeout: 15_000 })

/** Waits until what has this name has the focus. */
export const arrives = (page: Page, name: RegExp): Promise<void> => becomes(() => focused(page)).toMatch(name)

/** Goes on by Tab until what has this name has the focus. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; !name.test(await focused(page)); presses++) {
    expect(presses, `${name} is reached by Tab`).toBeLessThan(120)
    await page.keyboard.press('Tab')
  }
}

/** Presses keys one after the other. */
export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

/** Takes a step from the list that a key has opened. */
export async function pickStep(page: Page, words: string): Promise<void> {
  await arrives(page, /^(Add a step|Change into)$/)
  await page.keyboard.type(words)
  await page.keyboard.press('Enter')
}

/** Goes back by Esc to what has this name: a list that is open is closed first. */
export async function escapeTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; !name.test(await focused(page)); presses++) {
    expect(presses, `${name} is reached by Esc`).toBeLessThan(4)
    await page.keyboard.press('Escape')
  }
}

/** Runs a command by its words (Ctrl K). */
export async function command(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder('Find a page, a flow or a contact').waitFor()
  await page.keyboard.type(words)
  await page
    .getByRole('button', { name: new RegExp(words) })
    .first()
    .waitFor()
  await page.keyboard.press('Enter')
}
