import type { Locator, Page } from 'playwright-core'
import { becomes } from '../build/keys.ts'

/** Every line as people see it: how deep it lies and what it says, without its problems. */
export const lines = (page: Page): Promise<string[]> =>
  page.getByRole('treeitem').evaluateAll((all) =>
    all.map((it) => {
      const words = it.querySelector('.ol-say, .ol-port, .ol-part')?.textContent ?? it.querySelector('.clip')?.textContent ?? ''
      return `${it.getAttribute('aria-level')} ${words.replace(/ \d+$/, '')}`
    }),
  )

/** Waits until the outline reads so, from the first line to the last. */
export const reads = (page: Page, ...wanted: readonly string[]): Promise<void> => becomes(() => lines(page)).toEqual(wanted)

/** A line by its words. */
export const line = (page: Page, words: string | RegExp): Locator => page.getByRole('treeitem', { name: words }).first()
