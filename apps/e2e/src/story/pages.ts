import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

declare global {
  interface Window {
    axe: {
      run(
        part: string,
      ): Promise<{ violations: { id: string; impact: string | null; nodes: { html: string; failureSummary?: string }[] }[] }>
    }
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
  '/board',
  '/board/week',
  '/opportunities',
  '/agreements',
  '/scoring',
  '/scoring/report',
  '/scoring/versions',
  '/settings',
  '/settings/workspace',
  '/settings/people',
  '/settings/teams',
  '/settings/absences',
  '/settings/calendars',
  '/settings/sending',
  '/settings/topics',
  '/settings/suppression',
  '/settings/scores',
  '/settings/review',
  '/settings/retention',
  '/settings/secrets',
  '/settings/keys',
  '/settings/events',
  '/settings/system',
] as const

/** What axe calls serious or critical on the page as it stands, or in the part of it that is named: rule and the first place. */
export async function seriousFaults(page: Page, part = 'html'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE)
  const { violations } = await page.evaluate((within) => window.axe.run(within), part)
  return violations
    .filter((it) => it.impact === 'serious' || it.impact === 'critical')
    .map((it) => `${it.id}: ${it.nodes[0]?.html ?? ''} ${it.nodes[0]?.failureSummary ?? ''}`)
}
