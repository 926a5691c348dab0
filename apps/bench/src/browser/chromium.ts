import { existsSync } from 'node:fs'
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** The browser of this machine, headless. @throws Error that says what to install */
export function launchChromium(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH ?? PLACES.find((path) => existsSync(path))
  if (!executablePath) throw new Error('No Chromium: install it (Debian: apt-get install chromium), or set CHROMIUM_PATH.')
  return chromium.launch({
    executablePath,
    chromiumSandbox: false,
    args: ['--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
}

const WORK = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration']

/**
 * The processor time that the page's main thread spent on script, style and layout, in ms. Of the thread itself and not by the clock, so that
 * what else runs on the machine matters little.
 */
export class PageWork {
  private readonly session: CDPSession

  private constructor(session: CDPSession) {
    this.session = session
  }

  static async of(page: Page): Promise<PageWork> {
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    return new PageWork(session)
  }

  /** Until now. */
  private async sum(): Promise<number> {
    const { metrics } = await this.session.send('Performance.getMetrics')
    return 1000 * metrics.reduce((sum, { name, value }) => (WORK.includes(name) ? sum + value : sum), 0)
  }

  /** What something cost. */
  async during(what: () => Promise<void>): Promise<number> {
    const before = await this.sum()
    await what()
    return (await this.sum()) - before
  }
}
