import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

declare global {
  interface Window {
    axe: { run(): Promise<{ violations: { id: string; impact: string | null; nodes: { html: string }[] }[] }> }
  }
}

/** Pages that everybody of marketing sees; `{…}` is filled by the story. */
export const PAGES = [
  '/',
  '/flows',
  '/flows/{flow}',
  '/flows/{flow}?mode=live',
  '/contacts',
  '/contacts/{contact}',
  '/contacts/fields',
  '/segments',
  '/segments/{segment}',
  '/forms',
  '/forms/new',
  '/companies',
  '/imports',
  '/templates',
  '/templates/{template}',
  '/outbox',
  '/effects',
  '/desk',
  '/settings',
  '/settings/workspace',
  '/settings/people',
  '/settings/teams',
  '/settings/calendars',
  '/settings/sending',
  '/settings/topics',
  '/settings/suppression',
  '/settings/scores',
  '/settings/secrets',
  '/settings/keys',
  '/settings/events',
  '/settings/system',
] as const

/** What axe calls serious or critical on the page as it stands: rule and the first place. */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const { violations } = await page.evaluate(() => window.axe.run())
  return violations.filter((it) => it.impact === 'serious' || it.impact === 'critical').map((it) => `${it.id}: ${it.nodes[0]?.html ?? ''}`)
}
