import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { inTheme } from './theme.ts'

/** Takes a picture of the page in both themes into the folder of E2E_PICTURES; nothing where it is not set. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.E2E_PICTURES
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  for (const colorScheme of ['dark', 'light'] as const) {
    await inTheme(page, colorScheme)
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) })
  }
}
