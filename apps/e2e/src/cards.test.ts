import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from './harness/browser.ts'
import { type DevPages, devPages } from './harness/dev-pages.ts'
import { differences, type Mosaic, mosaicOf } from './harness/mosaic.ts'

const BASELINE = fileURLToPath(new URL('./cards.baseline.json', import.meta.url))

/** Every card in every state, as a coarse mosaic of its colours without its words, so that it is the same on machines with other fonts. */
describe('how cards look', () => {
  let pages: DevPages
  let browser: Browser
  let page: Page
  const faults: string[] = []

  beforeAll(async () => {
    pages = await devPages()
    browser = await launchBrowser()
    page = await browser.newPage({ viewport: { width: 1760, height: 1000 }, reducedMotion: 'reduce' })
    page.on('pageerror', (error) => faults.push(error.message))
    await page.goto(`${pages.url}/dev/cards.html`)
    await page.locator('section[aria-label="From farthest"] .react-flow__node').first().waitFor()
    await page.evaluate('document.fonts.ready')
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    await pages?.close()
  })

  test('no card lets its words out of its frame', async () => {
    const out = await page.evaluate(
      `[...document.querySelectorAll('.node:not(.far)')].flatMap((card) => {
        const frame = card.getBoundingClientRect()
        const words = [...card.querySelectorAll('.words, .port .clip, .terms')]
        const loose = words.filter((it) => {
          const box = it.getBoundingClientRect()
          return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1
        })
        const state = card.closest('section[aria-label]:not(.frame-box):not(.canvas)')?.getAttribute('aria-label')
        return loose.map((it) => state + ': ' + it.textContent)
      })`,
    )
    expect(out).toEqual([])
    expect(faults).toEqual([])
  })

  test.each(['light', 'dark'] as const)('cards look as they did, %s', async (theme) => {
    await page.getByRole('radio', { name: theme === 'light' ? 'Light' : 'Dark' }).check({ force: true })
    await expect.poll(() => page.evaluate('document.documentElement.dataset.theme')).toBe(theme)
    const now = await mosaicOf(page)
    const all: Record<string, Mosaic> = existsSync(BASELINE) ? JSON.parse(readFileSync(BASELINE, 'utf8')) : {}
    if (process.env.BATON_CARDS === 'write') {
      writeFileSync(BASELINE, `${JSON.stringify({ ...all, [theme]: now }, null, 1)}\n`)
      return
    }
    const wrong = differences(all[theme] ?? {}, now)
    if (wrong.length > 0) {
      mkdirSync('reports', { recursive: true })
      await page.screenshot({ path: `reports/cards-${theme}.png`, fullPage: true })
    }
    expect(wrong, 'If it is meant so, look at /dev/cards of vite, then BATON_CARDS=write').toEqual([])
  })

  test('what goes by a way, who is lost before it and how often it is gone at most stand beside it', async () => {
    const words = (kind: string) => page.locator(`section[aria-label="Ways, live"] text.${kind}`)
    expect(await words('share').count()).toBeGreaterThan(3)
    expect(await words('lost').count()).toBeGreaterThan(0)
    expect(await words('limit').count()).toBe(1)
    expect(await page.locator('section[aria-label="On a walk"] .walk-bead').textContent()).toBe('RE')
  })

  test('a card that is pointed at is lifted, and its border is darker', async () => {
    const card = page.locator('section[aria-label="Plain"] .react-flow__node .node').first()
    const look = () =>
      card.evaluate((it) => {
        const { boxShadow, borderTopColor } = getComputedStyle(it)
        return { boxShadow, borderTopColor }
      })
    const before = await look()
    await card.hover()
    await expect.poll(async () => (await look()).boxShadow).not.toBe(before.boxShadow)
    await expect.poll(async () => (await look()).borderTopColor).not.toBe(before.borderTopColor)
    await page.mouse.move(1, 1)
    await expect.poll(look).toEqual(before)
  })

  test('another border and a badge at another place are noticed', async () => {
    const before = await mosaicOf(page)
    const changed = async (css: string) => {
      const style = await page.addStyleTag({ content: css })
      const found = differences(before, await mosaicOf(page))
      await style.evaluate((it) => it.parentNode?.removeChild(it))
      return found.length
    }
    const errors = Object.keys(before).filter((key) => key.startsWith('With an error')).length
    expect(await changed('.cards-page .node.error { border-color: transparent !important }')).toBeGreaterThanOrEqual(errors)
    expect(await changed('.cards-page .node .badge { top: 20px !important }')).toBeGreaterThanOrEqual(errors)
    expect(await changed('.cards-page .nothing { color: red }')).toBe(0)
  })
})
